// J2 in Node: node check.mjs libphonenumber-js[/max]|google-libphonenumber|awesome-phonenumber IN GOOD REJECTS [udsv|csv-parse]
import fs from 'node:fs';
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const [lib, src, good, bad, csvLib = 'csv-parse'] = process.argv.slice(2);
let norm;
if (lib.startsWith('libphonenumber-js')) {
  const { parsePhoneNumberFromString } = require(lib);
  norm = (t, region) => { const p = parsePhoneNumberFromString(t, region); return p && p.isValid() ? p.number : ''; };
} else if (lib === 'google-libphonenumber') {
  const { PhoneNumberUtil, PhoneNumberFormat } = require(lib);
  const u = PhoneNumberUtil.getInstance();
  norm = (t, region) => { try { const p = u.parse(t, region); return u.isValidNumber(p) ? u.format(p, PhoneNumberFormat.E164) : ''; } catch { return ''; } };
} else {
  const { parsePhoneNumber } = require(lib);
  norm = (t, regionCode) => { const p = parsePhoneNumber(t, { regionCode }); return p.valid ? p.number.e164 : ''; };
}
const EMAIL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}$/;
const q = (s) => /[",\r\n]/.test(s) ? '"' + s.replaceAll('"', '""') + '"' : s;
const line = (a) => a.map(q).join(',') + '\n';
const g = fs.createWriteStream(good, { highWaterMark: 1 << 20 }), b = fs.createWriteStream(bad, { highWaterMark: 1 << 20 });
let gb = [], bb = [], nGood = 0, nBad = 0, first = true;
function row(r) {
  if (first) { first = false; gb.push('id,first_name,last_name,phone,email,company,city,notes\n'); bb.push(line([...r, 'reason'])); return; }
  let email = r[5].trim(), why = '', phone = '';
  if (r.length !== 9) why = 'columns';
  else if (email && !EMAIL.test(email)) why = 'email';
  else {
    if (email) { const at = email.lastIndexOf('@'); email = email.slice(0, at) + email.slice(at).toLowerCase(); }
    phone = norm(r[3], r[4]);
    if (!phone) why = 'phone';
  }
  if (why) { nBad++; bb.push(line([...r, why])); } else { nGood++; gb.push(line([r[0], r[1], r[2], phone, email, r[6], r[7], r[8]])); }
}
async function flush(force) {
  if (gb.length >= 4096 || force) { const s = gb.join(''); gb = []; if (!g.write(s)) await new Promise((ok) => g.once('drain', ok)); }
  if (bb.length >= 4096 || force) { const s = bb.join(''); bb = []; if (!b.write(s)) await new Promise((ok) => b.once('drain', ok)); }
}
if (csvLib === 'udsv') {
  const { inferSchema, initParser } = require('udsv');
  let parser;
  for await (const chunk of fs.createReadStream(src, { highWaterMark: 1 << 20, encoding: 'utf8' })) {
    if (!parser) { const schema = inferSchema(chunk); parser = initParser(schema); row(schema.cols.map((c) => c.name)); }
    parser.chunk(chunk, parser.stringArrs, (x) => { if (Array.isArray(x[0])) for (const r of x) row(r); else row(x); });
    await flush(false);
  }
  parser.end();
} else {
  const { parse } = require('csv-parse');
  for await (const r of fs.createReadStream(src, { highWaterMark: 1 << 20 }).pipe(parse({ relax_column_count: true }))) { row(r); if (gb.length >= 4096) await flush(false); }
}
await flush(true);
g.end(); b.end();
console.log(nGood, nBad);
