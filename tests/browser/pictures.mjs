// The pictures of the README: pictures.mjs MUSTER SRCDIR writes docs/overview.png and docs/file.png.
import path from 'node:path';
import { HERE, launch, makePicture, pageOf, url } from './harness.mjs';

const [muster, srcdir] = process.argv.slice(2).map((name) => path.resolve(name));
const site = path.join(HERE, 'picture');
makePicture(muster, srcdir, site);
const browser = await launch();

async function take(target, name, keys) {
	const page = await browser.newPage({ viewport: { width: 1180, height: 760 }, colorScheme: 'light' });

	await page.goto(target);
	for (const key of keys)
		await page.keyboard.press(key);
	await page.screenshot({ path: path.join(srcdir, 'docs', name) });
	await page.close();
}

await take(url(path.join(site, 'index.html')), 'overview.png', '');
await take(url(pageOf(site, 'store-py')), 'file.png', '');
await browser.close();
