// J3 in Node: node send.mjs IN PORT JOURNAL — udsv, libphonenumber-js, undici's Pool: batches of 100 by POST, 16 at a time, a journal
// line a record, on the disk at the end.
import fs from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const [src, port, journal] = process.argv.slice(2);
const { Pool } = require('undici');
const { inferSchema, initParser } = require('udsv');
const { parsePhoneNumberFromString } = require('libphonenumber-js');
const kBatch = 100, kInFlight = 16;
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;
const pool = new Pool(`http://127.0.0.1:${port}`, { connections: kInFlight, pipelining: 1 });
const out = fs.createWriteStream(journal, { highWaterMark: 1 << 20 });
let batch = [], inFlight = 0, wake = null, sent = 0, rejected = 0;
async function post(contacts) {
  const answer = await pool.request({ path: '/contacts', method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ contacts }) });
  await answer.body.json();
  sent += contacts.length;
  out.write(contacts.map((c) => `${c.external_id}\taccepted\t${answer.statusCode}\n`).join(''));
  inFlight--;
  if (wake) { const w = wake; wake = null; w(); }
}
async function submit() {
  const contacts = batch;
  batch = [];
  while (inFlight >= kInFlight) await new Promise((ok) => { wake = ok; });
  inFlight++;
  post(contacts);
}
function row(r) {
  let email = r[5].trim(), phone = '';
  const fine = !email || EMAIL.test(email);
  if (fine && email) { const at = email.lastIndexOf('@'); email = email.slice(0, at) + email.slice(at).toLowerCase(); }
  if (fine) { const p = parsePhoneNumberFromString(r[3], r[4]); phone = p && p.isValid() ? p.number : ''; }
  if (!phone) { rejected++; out.write(`${r[0]}\trejected\t${fine ? 'phone' : 'email'}\n`); return; }
  batch.push({ external_id: r[0], first_name: r[1], last_name: r[2], phone, email, company: r[6], city: r[7], notes: r[8] });
}
let parser, rows = []; // udsv keeps the first call's callback, so it fills one shared variable
for await (const chunk of fs.createReadStream(src, { highWaterMark: 1 << 17, encoding: 'utf8' })) {
  parser ??= initParser(inferSchema(chunk));
  rows = [];
  parser.chunk(chunk, parser.stringArrs, (x) => { if (Array.isArray(x[0])) rows.push(...x); else rows.push(x); });
  for (const r of rows) { row(r); if (batch.length === kBatch) await submit(); }
}
rows = [];
parser.end();
for (const r of rows) { row(r); if (batch.length === kBatch) await submit(); }
if (batch.length) await submit();
while (inFlight) await new Promise((ok) => { wake = ok; });
await new Promise((ok) => out.end(ok));
const file = fs.openSync(journal, 'r+');
fs.fsyncSync(file);
await pool.close();
console.log(sent, rejected);
