// The HTML report in a real browser: every page, its hands, without script, at size, under hostile input.
// Usage: tests/with-npm tests/browser run.mjs MUSTER SRCDIR; needs java and Debian's chromium.
import fs from 'node:fs';
import path from 'node:path';
import { Checks, HERE, launch, makeReports, nuErrors, pageOf, pagesOf, url } from './harness.mjs';

const [muster, srcdir] = process.argv.slice(2).map((name) => path.resolve(name));
const checks = new Checks();
const at = makeReports(muster, srcdir, path.join(HERE, 'reports'));
const axeSource = fs.readFileSync(path.join(HERE, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');
const browser = await launch();

/* A fresh page whose every word of complaint is kept. */
async function open(target, options = {}) {
	const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
	const page = await context.newPage();

	page.complaints = [];
	page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.complaints.push(message.text()));
	page.on('pageerror', (error) => page.complaints.push(error.message));
	page.on('requestfailed', (request) => request.failure().errorText.includes('ABORTED') || page.complaints.push('failed: ' + request.url()));
	page.on('dialog', (dialog) => { page.complaints.push('a dialog'); dialog.dismiss(); });
	await page.goto(target);
	return page;
}

async function close(page, what) {
	checks.equal(page.complaints.join('; '), '', what + ' opens without complaint');
	await page.context().close();
}

async function axe(page, what) {
	/* the checker runs beside the page, which allows no script but its own */
	const found = await page.evaluate(`${axeSource}; axe.run(document, { preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] })
		.then((result) => result.violations.map((v) => v.id + ': ' + v.nodes.slice(0, 3).map((n) => n.target.join(' ') + ' ' + n.failureSummary).join(' | ')))`);

	checks.equal(found.join('\n'), '', `${what} keeps to WCAG 2.1 AA`);
}

async function everyPage() {
	for (const folder of ['plain', 'red', 'hostile', 'no-coverage', 'no-tests'])
		for (const file of pagesOf(at(folder)))
			for (const colorScheme of ['light', 'dark']) {
				const page = await open(url(file), { colorScheme });

				await axe(page, `${path.relative(at('.'), file)} in ${colorScheme}`);
				checks.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, file + ' is no wider than the window');
				await close(page, path.relative(at('.'), file));
			}
	for (const file of [at('single.html'), at('hostile.html')])
		for (const colorScheme of ['light', 'dark']) {
			const page = await open(url(file), { colorScheme });

			await axe(page, `${path.basename(file)} in ${colorScheme}`);
			await close(page, path.basename(file));
		}
}

async function narrow() {
	for (const file of [...pagesOf(at('red')), ...pagesOf(at('hostile')), at('single.html')])
		for (const javaScriptEnabled of [true, false]) {
			const page = await open(url(file), { viewport: { width: 390, height: 800 }, javaScriptEnabled });

			checks.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true, file + ' fits a small screen');
			await close(page, path.basename(file));
		}
	const page = await open(url(at('red/stages.html')), { viewport: { width: 390, height: 800 } });

	checks.that(await page.$eval('.overlap', (table) => {
		table.parentElement.scrollLeft = 200;
		return table.querySelector('tbody th').getBoundingClientRect().left >= 0 && table.parentElement.scrollLeft === 200;
	}), 'the names of rows stay when a table is scrolled');
	await close(page, 'a narrow table');
}

/* What there is none of is said, not shown as an empty table. */
async function nothingThere() {
	const said = async (name, file) => {
		const page = await open(url(at(name + '/' + file)));
		const text = await page.locator('main').innerText();

		checks.equal(await page.locator('.sheet').count(), 0, `no table in ${name}/${file}`);
		await close(page, name);
		return text;
	};

	checks.that((await said('no-tests', 'tests.html')).includes('No report of tests was given'), 'no tests is said');
	checks.that((await said('no-coverage', 'tree.html')).includes('No report of coverage was given'), 'no coverage is said');
	checks.that((await said('no-coverage', 'index.html')).includes('never measured'), 'a card of what was never measured');
	checks.that((await said('no-tests', 'audit.html')).includes('Nothing odd'), 'an audit that found nothing');
	checks.that((await said('plain', 'index.html')).includes('Every gate passed'), 'the verdict of a run that passes');
}

function names(page) {
	return page.$$eval('.sheet tbody tr:not(.space) th', (cells) => cells.map((cell) => cell.textContent.trim()));
}

async function treeByHand() {
	const page = await open(url(at('red/tree.html')));
	const head = (name) => page.locator('.sheet thead th', { hasText: name });

	checks.that((await names(page)).some((name) => name.startsWith('backend/')), 'folders are rows');
	await page.locator('.fold', { hasText: 'backend/' }).click();
	checks.that(!(await names(page)).some((name) => name.startsWith('api.py')), 'a folder closes');
	await page.keyboard.press('Escape');
	await page.keyboard.press('/');
	await page.keyboard.type('store');
	checks.equal((await names(page)).join(), 'backend/store.py below gate', 'search leaves what fits');
	await page.fill('input[type=search]', '');
	await head('Lines').locator('button').click();
	checks.equal(await head('Lines').getAttribute('aria-sort'), 'ascending', 'sorted by lines');
	await page.getByLabel('without folders').check();
	checks.equal((await names(page))[0].startsWith('backend/stocktake.py'), true, 'the worst file first');
	await head('Lines').locator('button').click();
	checks.equal(await head('Lines').getAttribute('aria-sort'), 'descending', 'and the other way');
	await page.getByLabel('to', { exact: true }).fill('50');
	checks.equal((await names(page)).length, 1, 'a range of percentages');
	await page.getByLabel('to', { exact: true }).fill('');
	await page.getByLabel('below its gate').check();
	checks.equal((await names(page)).length, JSON.parse(fs.readFileSync(at('red.json'))).files
		.filter((file) => file.lines.total && file.lines.percent < 85).length, 'those below their gate');
	await page.getByLabel('below its gate').uncheck();
	await page.getByLabel('changed only').check();
	checks.equal((await names(page)).join(), 'backend/api.py below gate', 'those that changed');
	await page.reload();
	checks.equal((await names(page)).join(), 'backend/api.py below gate', 'filters are remembered');
	await page.getByLabel('changed only').uncheck();
	checks.that(await page.getByLabel('lost since base').count() === 1, 'lost since base can be asked for');
	await page.fill('input[type=search]', 'no such file');
	checks.equal((await page.locator('.sheet tbody').innerText()).trim(), 'Nothing fits what is asked for.', 'a search without a find says so');
	checks.equal(await page.getByRole('button', { name: 'Open all' }).count(), 0, 'nothing to open in a list');
	await page.getByRole('button', { name: 'Clear filters' }).click();
	checks.that((await names(page)).length > 10 && await page.inputValue('input[type=search]') === '', 'filters are cleared at once');
	await page.getByLabel('without folders').uncheck();
	const changes = await page.$$eval('.sheet', ([sheet]) => {
		const at = [...sheet.querySelectorAll('thead th')].findIndex((head) => head.textContent === 'Change');

		return [...sheet.querySelectorAll('tbody tr')].filter((row) => row.querySelector('.fold')).map((row) => row.cells[at].textContent);
	});

	checks.that(changes.length === 4 && changes.every((text) => /^(0|[▲▼] [+-][0-9.]+)$/.test(text)), 'folders have their change too: ' + changes.join());
	const last = await page.$$eval('.sheet tbody tr', (rows) => rows.map((row) => row.lastElementChild.textContent).filter((text) => text !== '–'));

	checks.that(last.length > 0 && last.every((text) => /^[●◐○] [0-9.]+ %$/.test(text)), 'one mark for each stage: ' + last.join());
	await close(page, 'the tree');
}

async function testsByHand() {
	const page = await open(url(at('red/tests.html')));

	checks.that(await page.locator('.test', { hasText: 'test_rounding_is_wrong' }).isVisible(), 'failing tests with their stack');
	checks.that(await page.locator('.test', { hasText: 'new failure' }).count() > 0, 'new failures are named');
	checks.that((await page.locator('p', { hasText: 'Against the baseline' }).innerText()).includes('newly failing'), 'and counted');
	const suite = page.locator('.fold', { hasText: 'tests.red.test_red' });

	checks.that((await names(page)).includes('test_rounding_is_wrong'), 'a test stands in its suite');
	await suite.click();
	checks.equal((await names(page)).includes('test_rounding_is_wrong'), false, 'a suite closes');
	checks.equal(await suite.getAttribute('aria-expanded'), 'false', 'and says so');
	await suite.click();
	checks.that((await names(page)).some((name) => name.startsWith('unit')), 'suites stand in their stage');
	await page.getByRole('combobox', { name: /^Status/ }).selectOption('failing');
	checks.equal((await names(page)).length, JSON.parse(fs.readFileSync(at('red.json'))).tests.failing.length, 'filter by status');
	await page.getByRole('combobox', { name: /^Status/ }).selectOption('');
	await page.getByRole('combobox', { name: /^Stage/ }).selectOption('e2e');
	checks.that((await names(page)).every((name) => name.includes('tests.e2e')), 'filter by stage');
	await page.getByRole('combobox', { name: /^Stage/ }).selectOption('');
	await page.getByRole('combobox', { name: /^Cell/ }).selectOption('py3.11');
	checks.that((await names(page)).length > 0, 'filter by cell');
	await page.evaluate(() => localStorage.setItem('muster:tests', '{"stage":"of another report","sort":9,"query":"","cell":""}'));
	await page.reload();
	checks.that((await names(page)).length > 10, 'a remembered stage that is not here hides nothing');
	await close(page, 'the tests');
}

function chosen(page) {
	return page.$$eval('tr.chosen', (rows) => rows.map((row) => row.id).join());
}

async function fileByHand() {
	const page = await open(url(pageOf(at('plain'), 'api-py')));

	await page.keyboard.press('j');
	checks.equal(await chosen(page), 'L13', 'j goes to the first block');
	await page.keyboard.press('j');
	checks.equal(await chosen(page), 'L14', 'j goes on');
	await page.keyboard.press('k');
	checks.equal(await chosen(page), 'L13', 'k goes back');
	checks.that(page.url().endsWith('#L13'), 'the address follows');
	await page.getByLabel('Step through lines').selectOption({ label: 'covered only by integration' });
	checks.equal(await page.$eval('#L10', (row) => row.classList.contains('away')), false, 'a line of integration alone');
	checks.equal(await page.$eval('#L7', (row) => row.classList.contains('away')), true, 'a line of several stages steps back');
	await axe(page, 'a file whose lines step back');
	await page.getByLabel('Step through lines').selectOption({ label: 'missed or partial' });
	await page.getByLabel('hide the others').check();
	checks.that(!await page.locator('#L7').isVisible() && await page.locator('#L11').isVisible(), 'only misses and what is around them');
	checks.equal(await page.$eval('table.code tr.gap', (row) => row.style.counterIncrement === 'line ' +
		(Number(row.id.slice(1)) - Number([...row.parentElement.rows].findLast((one) => !one.hidden && one.rowIndex < row.rowIndex)?.id.slice(1) || 0))),
	true, 'numbers go on over a gap');
	await page.keyboard.press('j');
	checks.equal(await chosen(page), 'L14', 'keys work from a box that was ticked');
	await page.evaluate(() => { location.hash = '#L7'; });
	await page.locator('#L7').waitFor();
	checks.equal(await page.getByLabel('hide the others').isChecked(), false, 'a link to a hidden line shows it');
	await page.locator('#L8 td').first().click();
	await page.locator('#L11 td').first().click({ modifiers: ['Shift'] });
	checks.equal(await chosen(page), 'L8,L9,L10,L11', 'a range by hand');
	await page.keyboard.press('?');
	checks.that(await page.locator('dialog').isVisible(), 'help');
	await page.keyboard.press('?');
	await page.keyboard.press('n');
	await page.waitForURL(/stocktake-py/);
	checks.that(page.url().includes('stocktake-py'), 'n goes to the next file with misses');
	await page.keyboard.press('p');
	await page.waitForURL(/api-py/);
	checks.that(page.url().includes('api-py'), 'p goes back');
	await close(page, 'a file');
}

async function deepLinks() {
	const file = url(pageOf(at('plain'), 'store-py'));

	for (const fragment of ['#L20', '#L20-L25']) {
		const page = await open(file + fragment, { viewport: { width: 1280, height: 300 } });

		checks.equal(await page.$eval('#L20', (row) => row.getBoundingClientRect().top > 0 && row.getBoundingClientRect().bottom < innerHeight), true, fragment + ' is in sight');
		checks.equal((await chosen(page)).startsWith('L20'), true, fragment + ' is marked');
		await close(page, fragment);
	}
	for (const width of [390, 1280])
		for (const javaScriptEnabled of [true, false]) {
			const page = await open(file + '#L12', { viewport: { width, height: 300 }, javaScriptEnabled });

			await page.waitForTimeout(50);
			checks.equal(await page.evaluate(() => document.getElementById('L12').getBoundingClientRect().top >=
				document.querySelector('.top').getBoundingClientRect().bottom), true, `#L12 lies below the header at ${width}`);
			await close(page, '#L12');
		}
	const page = await open(url(at('single.html')) + '#tests');

	checks.equal(await page.$$eval('.page', (pages) => pages.filter((one) => !one.hidden).map((one) => one.id).join()), 'tests', 'one page of one file');
	await page.keyboard.press('/');
	checks.equal(await page.evaluate(() => document.activeElement.type), 'search', 'search in it');
	await close(page, 'the report of one file');
}

async function theme() {
	const page = await open(url(at('plain/index.html')), { colorScheme: 'light' });
	const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
	const light = await ground();

	await page.keyboard.press('t');
	const dark = await ground();
	checks.that(dark !== light, 't changes the theme');
	await page.goto(url(at('plain/stages.html')));
	checks.equal(await ground(), dark, 'the theme is remembered');
	await page.keyboard.press('t');
	checks.equal(await ground(), light, 'and light again');
	await close(page, 'the themes');
}

async function withoutScript() {
	const json = JSON.parse(fs.readFileSync(at('plain.json')));
	let page = await open(url(at('plain/tree.html')), { javaScriptEnabled: false });

	checks.equal(await page.locator('#tree-plain tbody tr').count(), json.files.length, 'every file without script');
	checks.that(await page.locator('#tree-plain').getByText('store.py').isVisible(), 'and it can be seen');
	await close(page, 'the tree without script');
	page = await open(url(at('large/tree.html')), { javaScriptEnabled: false });
	checks.equal(await page.locator('#tree-plain tbody tr').count(), 20000, 'every one of 20,000 files without script');
	await close(page, 'the large tree without script');
	page = await open(url(at('plain/tests.html')), { javaScriptEnabled: false });
	checks.equal(await page.locator('#tests-plain tbody tr').count(), json.totals.tests.tests, 'every test without script');
	await close(page, 'the tests without script');
	page = await open(url(pageOf(at('plain'), 'api-py')), { javaScriptEnabled: false });
	checks.that(await page.locator('#L13 a').getAttribute('href') === '#L14', 'the next miss without script');
	checks.that(await page.locator('a[rel=next]').isVisible(), 'the next file without script');
	await close(page, 'a file without script');
}

/* The badges of each line say of a stage what the report of that stage alone says. */
async function stagesAgree() {
	const letters = { unit: 'U', integration: 'I', e2e: 'E' };
	const lines = async (file) => {
		const page = await open(url(file), { javaScriptEnabled: false });
		const found = await page.$$eval('table.code tbody tr', (rows) => rows.map((row) => [row.id, row.className, row.cells[row.cells.length - 2].textContent]));

		await close(page, file);
		return new Map(found.map(([id, state, marks]) => [id, { state, marks }]));
	};

	for (const name of ['api-py', 'store-py', 'fees-py', 'write-py']) {
		const all = await lines(pageOf(at('plain'), name));

		for (const [stage, letter] of Object.entries(letters)) {
			const alone = await lines(pageOf(at('only-' + stage), name));
			const wrong = [...all].filter(([id, line]) => line.marks.includes(letter) !== 'cp'.includes(alone.get(id).state || '-'));

			checks.equal(wrong.length, 0, `badges of ${stage} in ${name}`);
		}
	}
}

/* What the pages show in all is what the JSON result says. */
async function totalsAgree() {
	for (const name of ['plain', 'red']) {
		const totals = JSON.parse(fs.readFileSync(at(name + '.json'))).totals;
		const page = await open(url(at(name + '/index.html')));
		const card = (title) => page.locator('.card', { hasText: title }).first().innerText();

		for (const metric of ['lines', 'branches'])
			checks.that((await card(metric[0].toUpperCase() + metric.slice(1))).includes(`${totals[metric].covered} of ${totals[metric].total}`), `${name}: ${metric} as in the JSON`);
		checks.that((await card('Tests')).includes(String(totals.tests.tests)), `${name}: tests as in the JSON`);
		await close(page, name);
		const tree = await open(url(at(name + '/tree.html')));
		const shown = await tree.evaluate(() => musterTree.files.reduce((sum, file) => [sum[0] + file[4], sum[1] + file[5]], [0, 0]));

		checks.equal(shown.join('/'), `${totals.lines.covered}/${totals.lines.total}`, `${name}: the table's data add up`);
		await close(tree, name);
	}
}

async function hostile() {
	for (const file of [...pagesOf(at('hostile')), at('hostile.html')])
		for (const javaScriptEnabled of [true, false]) {
			const page = await open(url(file), { javaScriptEnabled });

			checks.that(!(await page.title()).includes('hit'), file + ': nothing hostile ran');
			checks.that(!(await page.$$eval('a[href]', (links) => links.map((link) => link.protocol))).includes('javascript:'), file + ': no link runs anything');
			await close(page, file);
		}
	const page = await open(url(pageOf(at('hostile'), 'bad-c')));

	checks.equal(await page.$eval('#L3 td:last-child', (cell) => cell.textContent.startsWith('x'.repeat(10000))), true, 'a long line whole');
	checks.equal(await page.$eval('div.code', (box) => box.scrollWidth > box.clientWidth), true, 'and it scrolls');
	checks.equal(await page.$eval('#L3', (row) => row.offsetHeight < 40), true, 'unbroken');
	checks.that((await page.$eval('#L2 td:last-child', (cell) => cell.textContent)).startsWith('\ufffd\ufffd\u2400\u241b'), 'bytes that are no text are shown');
	checks.that((await page.$eval('#L4 td:last-child', (cell) => cell.textContent)).startsWith('[U+202E]'), 'so is what turns direction');
	await close(page, 'the hostile source');
}

async function large() {
	const start = Date.now();
	const page = await open(url(at('large/tree.html')));

	await page.locator('.sheet tbody tr').first().waitFor();
	const ready = Date.now() - start;

	checks.that(ready < 3000, `20,000 rows can be used after ${ready} ms`);
	const timed = (code) => page.evaluate(`(() => { const start = performance.now(); (${code})(); document.body.offsetHeight; return performance.now() - start; })()`);
	const search = await timed(`() => { const field = document.querySelector('input[type=search]'); field.value = 'file_19'; field.dispatchEvent(new Event('input')); }`);

	checks.that(search < 200, `a keystroke of search takes ${search} ms`);
	checks.that((await names(page)).every((name) => name.includes('file_19')), 'and finds');
	await timed(`() => { const field = document.querySelector('input[type=search]'); field.value = ''; field.dispatchEvent(new Event('input')); }`);
	await page.getByLabel('without folders').check();
	const sorts = [];

	for (let i = 0; i < 3; i++) {
		const sort = await timed(`() => document.querySelectorAll('.sheet thead button')[${i}].click()`);

		sorts.push(Math.round(sort));
		checks.that(sort < 500, `sorting by column ${i} takes ${sort} ms`);
	}
	const scroll = await timed(`() => { const box = document.querySelector('.sheet'); box.scrollTop = box.scrollHeight; }`);

	await page.waitForTimeout(100);
	checks.that(scroll < 200 && (await names(page)).length > 10, 'scrolling to the end');
	checks.that(await page.locator('.sheet tbody tr').count() < 200, 'only rows in sight are built');
	checks.that(await page.locator('*').count() < 3000, 'the page stays light');
	console.log(`20,000 rows: usable after ${ready} ms, a keystroke ${Math.round(search)} ms, sorting ${sorts.join(', ')} ms`);
	await close(page, 'the large tree');
	const tests = await open(url(at('large/tests.html')));

	checks.that(await tests.locator('.sheet tbody tr').count() < 200, '5,000 tests, only those in sight are built');
	await close(tests, 'the large tests');
}

/* The pictures say in words what they show. */
async function pictures() {
	const page = await open(url(at('red/index.html')));
	const trend = await page.locator('.trend').innerText();

	checks.that(/[0-9.]+ %\s+[0-9.]+ %/.test(trend) && trend.includes('this run'), 'the trend names its scale and its last run: ' + trend);
	checks.equal(await page.locator('.map a').count() >= JSON.parse(fs.readFileSync(at('red.json'))).files.filter((file) => file.lines.total).length,
		true, 'a link for each file on the map');
	await close(page, 'the pictures');
	const file = await open(url(pageOf(at('red'), 'api-py')));

	checks.that(/\+ changed.*▼ lost since the baseline/.test(await file.locator('.summary').innerText()), 'marks of lines have their legend');
	const sight = (page) => page.$eval('.map-of-lines div', (box) => [parseFloat(box.style.top), box.offsetHeight]);
	await file.setViewportSize({ width: 1280, height: 400 });
	const [before] = await sight(file);
	await file.evaluate(() => scrollTo(0, document.body.scrollHeight));
	await file.waitForTimeout(100);
	checks.that((await sight(file))[0] > before, 'the map shows which part is in sight');
	await close(file, 'the legend');
}

async function printed() {
	const page = await open(url(pageOf(at('plain'), 'api-py')));

	await page.emulateMedia({ media: 'print' });
	checks.equal(await page.locator('.top').isVisible(), false, 'no navigation on paper');
	checks.equal(await page.locator('#L13 td:last-child').isVisible(), true, 'but the source');
	await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
	checks.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)', 'paper is white at night');
	await close(page, 'on paper');
	const tests = await open(url(at('large/tests.html')));

	await tests.getByLabel('without suites').check();
	await tests.evaluate(() => dispatchEvent(new Event('beforeprint')));
	checks.equal(await tests.locator('.sheet tbody tr').count(), 5000, 'every test on paper');
	await tests.evaluate(() => dispatchEvent(new Event('afterprint')));
	checks.that(await tests.locator('.sheet tbody tr').count() < 200, 'and no longer after');
	await close(tests, 'tests on paper');
}

async function byKeyboard() {
	const page = await open(url(at('plain/tree.html')));

	await page.keyboard.press('Tab');
	checks.equal(await page.evaluate(() => document.activeElement.className), 'skip', 'the first stop leads to the content');
	await page.locator('.sheet thead button').first().focus();
	await page.keyboard.press('Enter');
	checks.equal(await page.locator('.sheet thead th').first().getAttribute('aria-sort'), 'descending', 'sorting by keyboard');
	for (const landmark of ['header', 'nav', 'main', 'footer', 'h1'])
		checks.equal(await page.locator(landmark).count(), 1, 'one ' + landmark);
	await close(page, 'by keyboard');
}

const steps = { everyPage, narrow, nothingThere, treeByHand, testsByHand, fileByHand, deepLinks, theme, withoutScript, stagesAgree, totalsAgree,
	hostile, large, pictures, printed, byKeyboard };

for (const [name, step] of Object.entries(steps)) {
	try {
		await step();
	} catch (error) {
		checks.that(false, `${name}: ${error.stack}`);
	}
}
await browser.close();
checks.equal(nuErrors([...['plain', 'red', 'hostile', 'no-coverage', 'no-tests'].flatMap((name) => pagesOf(at(name))), at('single.html'), at('hostile.html'),
	at('large/index.html')]), '', 'the Nu Html Checker finds nothing');
console.log(`${checks.passed} passed, ${checks.failed} failed`);
process.exit(checks.failed ? 1 : 0);
