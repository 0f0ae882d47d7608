// J4 in Node: node workbook.mjs xlsx|exceljs-stream|exceljs FILE
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const [lib, file] = process.argv.slice(2);
let rows = 0, cells = 0;
if (lib === 'xlsx') {
  const X = require('xlsx');
  const wb = X.readFile(file, { dense: true });
  for (const r of X.utils.sheet_to_json(wb.Sheets[wb.SheetNames[0]], { header: 1 })) { rows++; for (const v of r) if (v !== undefined) cells++; }
} else if (lib === 'exceljs-stream') {
  const E = require('exceljs');
  const wb = new E.stream.xlsx.WorkbookReader(file, { worksheets: 'emit', sharedStrings: 'cache', styles: 'ignore', hyperlinks: 'ignore' });
  for await (const ws of wb) for await (const r of ws) { rows++; r.eachCell(() => { cells++; }); }
} else {
  const E = require('exceljs');
  const wb = new E.Workbook();
  await wb.xlsx.readFile(file);
  wb.worksheets[0].eachRow((r) => { rows++; r.eachCell(() => { cells++; }); });
}
console.log(rows, cells);
