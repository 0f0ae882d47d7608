// Compares our answers by the newest plans with google-libphonenumber, another implementation with plans of about the same age.
//
//   npm install google-libphonenumber            (in any directory, from which this is run)
//   BUILD/tests/bench/phone_answers core/contact/plans/numbering_plans.txt 1000000 | node tests/bench/phone_oracle.mjs
//
// Prints how many answers differ, by calling code. Differences in a few calling codes are plans that changed between the two
// versions; differences everywhere are a defect of ours.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(process.cwd() + "/");
const { PhoneNumberUtil, PhoneNumberFormat } = require("google-libphonenumber");
const util = PhoneNumberUtil.getInstance();

function theirs(text, region) {
  try {
    const number = util.parse(text, region === "-" ? "ZZ" : region);
    return util.isValidNumber(number) ? util.format(number, PhoneNumberFormat.E164) : "-";
  } catch {
    return "-";
  }
}

let compared = 0;
const differences = new Map();
for await (const line of createInterface({ input: process.stdin })) {
  const [region, text, ours] = line.split("\t");
  const answer = theirs(text, region);
  compared += 1;
  if (answer === ours) continue;
  const key = region === "-" ? "+" + text.slice(1, 4) : region;
  const known = differences.get(key) ?? { count: 0, example: `${region} ${text}: ours ${ours}, theirs ${answer}` };
  known.count += 1;
  differences.set(key, known);
}
const total = [...differences.values()].reduce((sum, { count }) => sum + count, 0);
console.log(`${compared} compared, ${total} differ, in ${differences.size} places`);
for (const [key, { count, example }] of [...differences].sort((a, b) => b[1].count - a[1].count).slice(0, 40))
  console.log(`${key.padEnd(6)} ${String(count).padStart(7)}  ${example}`);
