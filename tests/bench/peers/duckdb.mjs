// DuckDB through @duckdb/node-api: node duckdb.mjs j1|j1seq|j2 IN [GOOD REJECTS]
// j2 cannot validate phones against the numbering plans: it strips punctuation and checks an E.164-like shape only.
import { createRequire } from 'node:module';
const require = createRequire(process.cwd() + '/');
const { DuckDBInstance } = require('@duckdb/node-api');
const [job, src, good, bad] = process.argv.slice(2);
const db = await DuckDBInstance.create(':memory:', { threads: process.env.THREADS ?? '2' });
const c = await db.connect();
const csv = `read_csv('${src}', header=true, all_varchar=true, delim=',', quote='"', escape='"', new_line='\\n', strict_mode=true${job === 'j1seq' ? ', parallel=false' : ''})`;
if (job.startsWith('j1')) {
  const r = await c.runAndReadAll(`SELECT count(*), count("External ID"), count("First Name"), count("Last Name"), count("Mobile Phone"), count("Country"), count("E-mail"), count("Company"), count("City"), count("Notes"), sum(length("Notes")) FROM ${csv}`);
  console.log(r.getRowsJson().join(' '));
} else {
  await c.run(`CREATE TEMP TABLE t AS SELECT *, regexp_replace("Mobile Phone", '[^0-9+]', '', 'g') AS p,
    ("E-mail" IS NULL OR regexp_full_match("E-mail", '[A-Za-z0-9.!#$%&''*+/=?^_\`{|}~-]+@([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?[.])+[A-Za-z]{2,}')) AS ok FROM ${csv}`);
  await c.run(`COPY (SELECT "External ID" id, "First Name" first_name, "Last Name" last_name, p AS phone, lower("E-mail") email, "Company" company, "City" city, "Notes" notes FROM t WHERE ok AND regexp_full_match(p, '[+]?[0-9]{8,15}')) TO '${good}' (HEADER)`);
  await c.run(`COPY (SELECT * FROM t WHERE NOT (ok AND coalesce(regexp_full_match(p, '[+]?[0-9]{8,15}'), false))) TO '${bad}' (HEADER)`);
  console.log('done');
}
