// The pictures of the README: pictures.mjs MUSTER SRCDIR writes docs/overview.png and docs/file.png.
import path from 'node:path';
import { HERE, launch, makeReports, pageOf, url } from './harness.mjs';

const [muster, srcdir] = process.argv.slice(2).map((name) => path.resolve(name));
const at = makeReports(muster, srcdir, path.join(HERE, 'reports'));
const browser = await launch();

async function take(target, name, keys) {
	const page = await browser.newPage({ viewport: { width: 1180, height: 760 }, colorScheme: 'light' });

	await page.goto(target);
	for (const key of keys)
		await page.keyboard.press(key);
	await page.screenshot({ path: path.join(srcdir, 'docs', name) });
	await page.close();
}

await take(url(at('red/index.html')), 'overview.png', '');
await take(url(pageOf(at('plain'), 'api-py')), 'file.png', 'j');
await browser.close();
