// What the tests of the report in a browser share: the browser, the checks, and the reports that are looked at.
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

export const HERE = import.meta.dirname || path.dirname(new URL(import.meta.url).pathname);

const FLAGS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
	'--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none'];

export function launch() {
	return chromium.launch({ executablePath: '/usr/bin/chromium', args: FLAGS });
}

export class Checks {
	passed = 0;
	failed = 0;

	that(good, what) {
		if (good) {
			this.passed++;
			return;
		}
		this.failed++;
		console.log('FAIL browser: ' + what);
	}

	equal(actual, expected, what) {
		this.that(actual === expected, `${what}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
	}
}

/* Runs muster in a folder; what it says is shown only when the status is another one. */
export function run(muster, folder, args, status) {
	const done = spawnSync(muster, args, { cwd: folder, encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'C.UTF-8' } });

	if (done.status !== status)
		throw new Error(`status ${done.status} of muster ${args.join(' ')}\n${done.stdout}${done.stderr}`);
}

function coverage(classes) {
	return '<coverage><packages><package name="p"><classes>' + classes.join('') + '</classes></package></packages></coverage>';
}

function fileClass(name, lines) {
	return `<class name="c" filename="${name}"><lines>` +
		lines.map((hits, i) => `<line number="${i + 1}" hits="${hits}"/>`).join('') + '</lines></class>';
}

const HOSTILE = '<script>document.title="hit"</script>"\'&]]> javascript:alert(1)';
const QUOTED = HOSTILE.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/* Names and sources that try to be markup, bytes that are no text, a line of 10,000 characters. */
function makeHostile(folder) {
	fs.mkdirSync(path.join(folder, 'src'), { recursive: true });
	fs.writeFileSync(path.join(folder, 'src/bad.c'), Buffer.concat([
		Buffer.from('</script><script>document.title="hit"</script><img src=x onerror=document.title="hit">\n'),
		Buffer.from([0xff, 0xfe, 0x00, 0x1b, 0x0a]), Buffer.from('x'.repeat(10000) + '\n'), Buffer.from('\u202e \u0007 \'"&<>\n')]));
	fs.writeFileSync(path.join(folder, 'unit.xml'), coverage([fileClass('src/bad.c', [1, 0, 0, 2]), fileClass(QUOTED, [0]),
		fileClass('javascript:alert(1)', [0, 3]), fileClass('../../etc/passwd', [1])]));
	fs.writeFileSync(path.join(folder, 'e2e.xml'), coverage([fileClass('src/bad.c', [1, 0, 1, 0])]));
	fs.writeFileSync(path.join(folder, 'junit.xml'), `<testsuites><testsuite name="${QUOTED}">` +
		`<testcase classname="${QUOTED}" name="${QUOTED}"><failure message="${QUOTED}">${QUOTED}</failure></testcase>` +
		`<testcase classname="s" name="skipped"><skipped message="${QUOTED}"/></testcase></testsuite></testsuites>`);
}

/* 20,000 files in 400 folders, and 5,000 tests. */
function makeLarge(folder) {
	const classes = [];
	let cases = '';

	for (let i = 0; i < 20000; i++)
		classes.push(fileClass(`src/part${i % 20}/unit${i % 400}/file_${i}.c`, [i % 3, i % 2, 1]));
	for (let i = 0; i < 5000; i++)
		cases += `<testcase classname="suite.part${i % 50}" name="test_${i}" time="0.${i % 1000}">${i % 500 ? '' : '<failure message="no"/>'}</testcase>`;
	fs.mkdirSync(folder, { recursive: true });
	fs.writeFileSync(path.join(folder, 'unit.xml'), coverage(classes));
	fs.writeFileSync(path.join(folder, 'e2e.xml'), coverage(classes.slice(0, 5000)));
	fs.writeFileSync(path.join(folder, 'junit.xml'), `<testsuites><testsuite name="s">${cases}</testsuite></testsuites>`);
}

/* A change of the example: two lines of the API, with the baseline before it. */
const DIFF = `--- a/backend/api.py
+++ b/backend/api.py
@@ -14,2 +14,2 @@
-old
-old
+new
+new
`;

/* The example's reports, each with its stage and cell. */
function reportsOf(example) {
	return fs.readdirSync(path.join(example, 'reports')).filter((name) => name.includes('-')).sort()
		.flatMap((name) => ['coverage.xml', 'junit.xml'].map((file) => name.replace('-', '/') + `=reports/${name}/${file}`));
}

/* A red day of the example, for pictures. */
export function makePicture(muster, srcdir, folder) {
	const example = path.join(srcdir, 'examples/pipeline');

	run(muster, example, ['--root', '.', ...reportsOf(example), 'unit/py3.11=red/attempt-1/junit.xml', '--fail-under', '80',
		'--fail-under', 'backend/**:80', '--fail-under', 'branches=75', '-o', `html:${folder}/`], 1);
}

/* Writes every report that is looked at below `work`; returns their folders. */
export function makeReports(muster, srcdir, work) {
	const at = (name) => path.join(work, name);
	const example = path.join(srcdir, 'examples/pipeline');
	const reports = reportsOf(example);
	const some = reports.filter((report) => report.startsWith('e2e/py3.10') || /^unit.*coverage/.test(report));

	fs.rmSync(work, { recursive: true, force: true });
	fs.mkdirSync(work, { recursive: true });
	run(muster, example, ['--root', '.', ...reports, '--fail-under', '80', '-o', `html:${at('plain')}/`, '-o', `json:${at('plain.json')}`,
		'-o', `html-single:${at('single.html')}`, '-o', `snapshot:${at('base.muster')}`], 0);
	for (const stage of ['unit', 'integration', 'e2e'])
		run(muster, example, ['--root', '.', ...reports.filter((report) => report.startsWith(stage + '/')),
			'-o', `html:${at('only-' + stage)}/`], 0);
	run(muster, example, ['--root', '.', 'unit=red/attempt-1/junit.xml', '-o', `html:${at('no-coverage')}/`], 1);
	run(muster, example, ['--root', '.', reports.find((report) => report.endsWith('coverage.xml')), '-o', `html:${at('no-tests')}/`], 0);
	fs.writeFileSync(at('change.diff'), DIFF);
	run(muster, example, ['--root', '.', ...some, 'unit/py3.10=red/attempt-1/junit.xml', 'unit/py3.11=red/attempt-2/junit.xml',
		'--fail-under', '80', '--fail-under', 'each-file:85', '--require-stage', 'nightly', '--diff', at('change.diff'),
		'--baseline', at('base.muster'), '-o', `html:${at('red')}/`, '-o', `json:${at('red.json')}`], 1);
	makeHostile(at('hostile-in'));
	run(muster, at('hostile-in'), ['--root', '.', 'unit=unit.xml', 'e2e=e2e.xml', 'unit=junit.xml', '-o', `html:${at('hostile')}/`,
		'-o', `html-single:${at('hostile.html')}`], 1);
	makeLarge(at('large-in'));
	run(muster, at('large-in'), ['--root', '.', 'unit=unit.xml', 'e2e=e2e.xml', 'unit=junit.xml', '-o', `html:${at('large')}/`], 1);
	run(muster, at('large-in'), ['--root', '.', 'unit=unit.xml', '-o', `html-single:${at('large.html')}`], 4);
	run(muster, at('large-in'), ['--root', '.', 'unit=unit.xml', '--force-single', '-o', `html-single:${at('large.html')}`], 0);
	return at;
}

/* The pages of a directory. */
export function pagesOf(folder) {
	return fs.readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.html')).sort()
		.map((name) => path.join(folder, name));
}

/* The page of a source file, by the beginning of its name. */
export function pageOf(folder, start) {
	return path.join(folder, 'files', fs.readdirSync(path.join(folder, 'files')).find((name) => name.startsWith(start)));
}

export function url(file) {
	return 'file://' + file;
}

/* The Nu Html Checker's errors of many files. */
export function nuErrors(files) {
	const jar = path.join(HERE, 'node_modules', 'vnu-jar', 'build', 'dist', 'vnu.jar');

	try {
		execFileSync('java', ['-Xss4m', '-jar', jar, '--errors-only', ...files], { stdio: 'pipe', maxBuffer: 1 << 26 });
		return '';
	} catch (error) {
		return String(error.stderr).slice(0, 4000);
	}
}
