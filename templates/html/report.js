/* Speed of hand for a report that is complete without it: keys, search, sorting, filters, themes. */
(function () {
	'use strict';

	/* ---- what is remembered; a browser may refuse ---- */

	function recall(key, otherwise) {
		try {
			return JSON.parse(localStorage.getItem('muster:' + key)) ?? otherwise;
		} catch {
			return otherwise;
		}
	}

	function remember(key, value) {
		try {
			localStorage.setItem('muster:' + key, JSON.stringify(value));
		} catch {
			/* then it is not remembered */
		}
	}

	/* ---- elements ---- */

	function make(name, properties, ...children) {
		const element = document.createElement(name);

		for (const [key, value] of Object.entries(properties || {})) {
			if (key.startsWith('on'))
				element.addEventListener(key.slice(2), value);
			else if (key in element && key !== 'list')
				element[key] = value;
			else
				element.setAttribute(key, value);
		}
		element.append(...children);
		return element;
	}

	function labelled(text, control) {
		return make('label', {}, text + ' ', control);
	}

	function ticked(text, checked, onchange) {
		return make('label', {}, make('input', { type: 'checkbox', checked, onchange }), text);
	}

	function choice(label, options, value, onchange) {
		const select = make('select', { onchange: () => onchange(select.value) });

		for (const [key, text] of options)
			select.append(make('option', { value: key, selected: key === value }, text));
		return labelled(label, select);
	}

	/* The key that does the same. */
	function hint(key) {
		return make('kbd', { 'aria-hidden': 'true' }, key);
	}

	/* ---- theme: that of the system until another is chosen ---- */

	const THEMES = ['system', 'dark', 'light'];

	function showTheme(theme) {
		if (theme === 'system')
			delete document.documentElement.dataset.theme;
		else
			document.documentElement.dataset.theme = theme;
	}

	function nextTheme() {
		const theme = THEMES[(THEMES.indexOf(recall('theme', 'system')) + 1) % THEMES.length];

		remember('theme', theme);
		showTheme(theme);
		for (const button of document.querySelectorAll('.theme'))
			button.textContent = 'Theme: ' + theme;
		document.dispatchEvent(new Event('muster-theme'));
	}

	/* at once, so that no page flashes in the other theme */
	showTheme(recall('theme', 'system'));

	/* ---- numbers ---- */

	function percent(covered, total) {
		if (!total)
			return 'n/a';
		return covered === total ? '100 %' : (Math.floor(covered * 10000 / total) / 100).toFixed(2) + ' %';
	}

	const SIGNS = { good: '●', fair: '◐', low: '○' };

	function rating(covered, total, limits) {
		if (covered * 100 >= limits[0] * total)
			return 'good';
		return covered * 100 >= limits[1] * total ? 'fair' : 'low';
	}

	function counted(count, name) {
		return count + ' ' + name + (count === 1 ? '' : 's');
	}

	function duration(microseconds) {
		const seconds = Math.floor(microseconds / 1e6);

		if (seconds >= 3600)
			return Math.floor(seconds / 3600) + ' h ' + Math.floor(seconds / 60) % 60 + ' m';
		if (seconds >= 60)
			return Math.floor(seconds / 60) + ' m ' + seconds % 60 + ' s';
		if (seconds)
			return (Math.floor(microseconds / 1e4) / 100).toFixed(2) + ' s';
		return (Math.floor(microseconds / 1e3) / 1e3).toFixed(3) + ' s';
	}

	/* ---- a table of any length: only the rows in sight are built ---- */

	const ROW = 30, AROUND = 12;

	class Sheet {
		/* columns: { name, cls, value(row) to sort by, show(row, cell) } */
		constructor(host, label, columns, onsort) {
			this.columns = columns;
			this.rows = [];
			this.body = make('tbody');
			this.heads = columns.map((column, i) => make('th', { scope: 'col', className: column.cls || '' },
				make('button', { type: 'button', title: column.name, onclick: () => onsort(i) }, column.name)));
			this.table = make('table', { 'aria-label': label }, make('thead', {}, make('tr', {}, ...this.heads)), this.body);
			this.box = make('div', { className: 'sheet', tabIndex: 0, role: 'region', 'aria-label': label }, this.table);
			this.box.addEventListener('scroll', () => this.draw(), { passive: true });
			window.addEventListener('resize', () => this.draw());
			/* paper has no scroll bar */
			window.addEventListener('beforeprint', () => this.draw(this.rows.length));
			window.addEventListener('afterprint', () => this.draw());
			host.replaceChildren(this.box);
		}

		sorted(at, down) {
			this.heads.forEach((head, i) => {
				if (i === at)
					head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
				else
					head.removeAttribute('aria-sort');
			});
		}

		fill(rows) {
			this.rows = rows;
			this.from = -1;
			this.table.setAttribute('aria-rowcount', rows.length + 1);
			this.draw();
		}

		space(height) {
			const cell = make('td', { colSpan: this.columns.length });
			const row = make('tr', { className: 'space', 'aria-hidden': 'true' }, cell);

			cell.style.height = height + 'px';
			return row;
		}

		nothing() {
			const cell = make('td', { className: 'empty', colSpan: this.columns.length }, 'Nothing fits what is asked for.');

			return make('tr', {}, cell);
		}

		draw(shown = Math.ceil((this.box.clientHeight || 600) / ROW) + 2 * AROUND) {
			const from = Math.max(0, Math.min(Math.floor(this.box.scrollTop / ROW) - AROUND, this.rows.length - shown));
			const to = Math.min(this.rows.length, from + shown);

			if (from === this.from && to === this.to)
				return;
			this.from = from;
			this.to = to;
			if (!this.rows.length) {
				this.body.replaceChildren(this.nothing());
				return;
			}
			this.body.replaceChildren(...(from ? [this.space(from * ROW)] : []),
				...this.rows.slice(from, to).map((row, i) => this.build(row, from + i)),
				...(to < this.rows.length ? [this.space((this.rows.length - to) * ROW)] : []));
		}

		build(row, at) {
			const tr = make('tr', { 'aria-rowindex': at + 2 });

			this.columns.forEach((column, i) => {
				const cell = make(i ? 'td' : 'th', { className: column.cls || '' });

				if (!i)
					cell.scope = 'row';
				column.show(row, cell);
				tr.append(cell);
			});
			return tr;
		}
	}

	/* Unknown values stand last whichever way the rest is sorted. */
	function byValue(value, down) {
		return (a, b) => {
			const x = value(a), y = value(b);

			if (x === null || y === null)
				return (x === null) - (y === null);
			if (x === y)
				return a.order - b.order;
			return (x < y) !== down ? -1 : 1;
		};
	}

	/* ---- what the tables of files and of tests have in common: folders of rows, filters, an order ---- */

	class Table {
		constructor(key, state) {
			this.key = key;
			this.fresh = state;
			this.state = Object.assign({}, state, recall(key, {}));
			this.folders = [];
		}

		place(host, label) {
			const below = make('div');

			this.told = make('span', { className: 'soft', role: 'status' });
			this.clear = make('button', { type: 'button', onclick: () => this.clearFilters() }, 'Clear filters');
			this.folding = make('span', { className: 'group' },
				make('button', { type: 'button', onclick: () => this.openAll(true) }, 'Open all'),
				make('button', { type: 'button', onclick: () => this.openAll(false) }, 'Close all'));
			this.host = host;
			this.tools = make('div', { className: 'bar-of-tools', role: 'search' });
			this.showTools();
			host.replaceChildren(this.tools, below);
			this.sheet = new Sheet(below, label, this.columns, (i) => this.sortBy(i));
			this.update();
		}

		showTools() {
			this.search = make('input', { type: 'search', placeholder: this.hint, value: this.state.query, oninput: this.setter('query') });
			this.tools.replaceChildren(labelled('Search', this.search), ...this.filters(),
				ticked(this.flatName, this.state.flat, this.setter('flat')), this.folding, this.clear, this.told);
		}

		setter(key) {
			return (event) => this.set(key, event.target.type === 'checkbox' ? event.target.checked : event.target.value);
		}

		set(key, value) {
			this.state[key] = value;
			this.changed();
		}

		changed() {
			remember(this.key, this.state);
			this.sheet.box.scrollTop = 0;
			this.update();
		}

		clearFilters() {
			this.state = Object.assign({}, this.fresh, { sort: this.state.sort, down: this.state.down, flat: this.state.flat });
			this.showTools();
			this.changed();
			this.search.focus();
		}

		toggle(folder) {
			folder.open = !folder.open;
			this.update();
		}

		openAll(open) {
			for (const folder of this.folders)
				folder.open = open || folder === this.root;
			this.update();
		}

		sorting() {
			return Math.max(0, this.columns.findIndex((column) => column.name === this.state.sort));
		}

		sortBy(i) {
			this.state.down = this.sorting() === i ? !this.state.down : false;
			this.state.sort = this.columns[i].name;
			this.changed();
		}

		isFlat() {
			return this.state.flat || this.isFiltered();
		}

		/* The rows below a folder that are open, folders first. */
		below(folder, order, rows) {
			for (const part of [...folder.folders].sort(order)) {
				rows.push(part);
				if (part.open)
					this.below(part, order, rows);
			}
			for (const leaf of [...folder.leaves].sort(order))
				rows.push(leaf);
			return rows;
		}

		update() {
			const sorting = this.sorting();
			const order = byValue(this.columns[sorting].value, this.state.down);
			const fitting = this.isFiltered() ? this.leaves.filter((leaf) => this.fits(leaf)) : this.leaves;

			this.told.textContent = (this.isFiltered() ? fitting.length + ' of ' : '') + counted(this.leaves.length, this.noun);
			this.clear.hidden = !this.isFiltered();
			this.folding.hidden = this.isFlat();
			this.sheet.sorted(sorting, this.state.down);
			this.sheet.fill(this.isFlat() ? [...fitting].sort(order) : this.below(this.root, order, []));
		}

		/* The name of a folder, which opens and closes it, as deep as it lies. */
		showFolder(row, cell, ...more) {
			const fold = make('button', { type: 'button', className: 'fold', 'aria-expanded': row.open,
				onclick: () => this.toggle(row) }, row.name);

			fold.style.marginLeft = (row.depth - 1) * 1.1 + 'rem';
			cell.append(fold, ...more);
		}

		showLeaf(row, cell, ...content) {
			const leaf = make('span', { className: 'leaf' }, ...content);

			leaf.style.marginLeft = this.isFlat() ? 0 : (row.depth - 1) * 1.1 + 'rem';
			cell.append(leaf);
		}
	}

	/* ---- the tree of files ---- */

	const LINES = 4, BRANCHES = 6, FUNCTIONS = 9, PATCH = 11, DELTA = 13, STAGES = 14;
	const FLAGS = { below: 1, changed: 2, lost: 4 };

	/* From the rows of html_data.c: folders with sums, files with their numbers. */
	function plant(data) {
		const folders = new Map();
		const leaves = [];
		const width = STAGES + 2 * data.stages.length;

		for (const [id, above, path, delta] of data.folders)
			folders.set(id, { id, above, path, delta, order: folders.size, folders: [], leaves: [],
				depth: 0, open: false, sums: new Array(width).fill(0), count: 0 });
		for (const folder of folders.values()) {
			const above = folders.get(folder.above);

			folder.name = folder.path + '/';
			if (above === folder || !above)
				continue;
			above.folders.push(folder);
			if (above.path)
				folder.name = folder.path.slice(above.path.length + 1) + '/';
			folder.depth = above.depth + 1;
		}
		for (const row of data.files) {
			const home = folders.get(row[0]);
			const path = (home.path ? home.path + '/' : '') + row[1];
			const file = { order: leaves.length, name: row[1], path, key: path.toLowerCase(), slug: row[2], flags: row[3],
				sums: row, depth: home.depth + 1 };

			home.leaves.push(file);
			leaves.push(file);
		}
		for (const folder of [...folders.values()].reverse()) {
			for (const part of [...folder.folders, ...folder.leaves]) {
				folder.count += part.folders ? part.count : 1;
				for (let i = LINES; i < width; i++)
					folder.sums[i] += part.sums[i];
				folder.sums[DELTA] = folder.delta;
			}
		}
		return { root: folders.values().next().value, byId: folders, folders: [...folders.values()], leaves };
	}

	function ratioColumn(name, at, totalAt, limits) {
		const value = (row) => row.sums[totalAt] ? row.sums[at] / row.sums[totalAt] : null;

		return { name, cls: 'n', value, at, totalAt, show(row, cell) {
			const covered = row.sums[at], total = row.sums[totalAt];

			if (!total) {
				cell.append(make('span', { className: 'none' }, '–'));
				return;
			}
			const rate = rating(covered, total, limits);
			const open = at === BRANCHES && row.sums[at + 1] > covered;

			cell.title = covered + ' of ' + total + (open ? ', at most ' + row.sums[at + 1] : '');
			if (at >= STAGES) {
				cell.append(make('span', { className: rate }, SIGNS[rate] + ' ' + percent(covered, total)));
				return;
			}
			const fill = make('span', { className: rate });

			fill.style.width = covered * 100 / total + '%';
			cell.append(make('span', { className: rate }, (open ? '≥ ' : '') + percent(covered, total)),
				make('span', { className: 'meter', 'aria-hidden': 'true' }, fill));
		} };
	}

	const DELTA_COLUMN = { name: 'Change', cls: 'n', value: (row) => row.sums[DELTA], show(row, cell) {
		const points = row.sums[DELTA];

		if (points === null)
			cell.append(make('span', { className: 'none' }, '–'));
		else
			cell.append(make('span', { className: points > 0 ? 'good' : points < 0 ? 'low' : '' },
				(points > 0 ? '▲ +' : points < 0 ? '▼ ' : '') + (points / 100).toFixed(points ? 2 : 0)));
	} };

	class Tree extends Table {
		constructor(host, data) {
			super('tree', { query: '', metric: 'Lines', least: '', most: '', below: false, changed: false, lost: false,
				flat: false, sort: 'File', down: false });
			const limits = data.limits.map(Number);

			Object.assign(this, plant(data), { hint: 'part of a path', noun: 'file', flatName: 'without folders' });
			this.flags = this.leaves.reduce((flags, file) => flags | file.flags, 0);
			this.files_at = host.dataset.files;
			this.end = host.dataset.end;
			this.columns = [
				{ name: 'File', cls: 'first', value: (row) => row.folders ? row.path : row.key, show: (row, cell) => this.showName(row, cell) },
				ratioColumn('Lines', LINES, LINES + 1, limits),
				{ name: 'Missing', cls: 'n', value: (row) => row.sums[LINES + 1] - row.sums[LINES],
					show(row, cell) { cell.append(this.value(row)); } },
				ratioColumn('Branches', BRANCHES, BRANCHES + 2, limits),
				ratioColumn('Functions', FUNCTIONS, FUNCTIONS + 1, limits),
				...(data.patch ? [ratioColumn('Patch', PATCH, PATCH + 1, limits)] : []),
				...(data.base ? [DELTA_COLUMN] : []),
				...(data.stages.length > 1 ? data.stages : []).map((name, i) =>
					ratioColumn(name, STAGES + 2 * i, STAGES + 2 * i + 1, limits)),
			];
			this.columns = this.columns.filter((column) => !column.totalAt || column.at === LINES || this.root.sums[column.totalAt]);
			this.metrics = this.columns.filter((column) => column.totalAt);
			for (const folder of this.folders)
				folder.open = this.leaves.length <= 500 || folder === this.root;
			this.place(host, 'Files');
		}

		showName(row, cell) {
			if (row.folders) {
				this.showFolder(row, cell, make('span', { className: 'soft' }, ' ' + counted(row.count, 'file')));
				return;
			}
			this.showLeaf(row, cell, make('a', { href: this.files_at + row.slug + this.end }, this.isFlat() ? row.path : row.name),
				...(row.flags & FLAGS.below ? [' ', make('b', { className: 'below', title: 'below its gate' }, 'below gate')] : []));
			cell.title = row.path;
		}

		filters() {
			const number = (key) => make('input', { type: 'number', min: 0, max: 100, value: this.state[key], oninput: this.setter(key) });

			return [make('span', { className: 'group' },
				choice('Range of', this.metrics.map(({ name }) => [name, name]), this.metric().name, (value) => this.set('metric', value)),
				labelled('from', number('least')), labelled('to', number('most'))),
				...[['below', 'below its gate'], ['changed', 'changed only'], ['lost', 'lost since base']]
					.filter(([key]) => this.flags & FLAGS[key]).map(([key, text]) => ticked(text, this.state[key], this.setter(key)))];
		}

		/* What a range is asked of. */
		metric() {
			return this.metrics.find(({ name }) => name === this.state.metric) || this.metrics[0];
		}

		isFiltered() {
			const state = this.state;

			return state.query !== '' || state.least !== '' || state.most !== '' || Object.keys(FLAGS).some((key) => this.asks(key));
		}

		/* Whether a filter that is remembered has anything to show here. */
		asks(key) {
			return this.state[key] && (this.flags & FLAGS[key]) !== 0;
		}

		fits(file) {
			const state = this.state;
			const { at, totalAt } = this.metric();
			const total = file.sums[totalAt], covered = file.sums[at];

			if (state.query && !file.key.includes(state.query.toLowerCase()))
				return false;
			if (Object.keys(FLAGS).some((key) => this.asks(key) && !(file.flags & FLAGS[key])))
				return false;
			if ((state.least !== '' || state.most !== '') && !total)
				return false;
			return !(state.least !== '' && covered * 100 < state.least * total) &&
				!(state.most !== '' && covered * 100 > state.most * total);
		}

		/* Opens the folder with this id, and brings it into sight. */
		reveal(id) {
			const folder = this.byId.get(id);

			if (!folder || folder === this.root || this.isFlat())
				return;
			for (let at = folder; at && at !== this.root; at = this.byId.get(at.above))
				at.open = true;
			this.update();
			this.sheet.box.scrollTop = Math.max(0, this.sheet.rows.indexOf(folder) * ROW);
			this.sheet.draw();
		}
	}

	/* ---- the tree of tests ---- */

	const STATUSES = ['skipped', 'passed', 'failed', 'error'];

	/* From the suites of html_data.c: stages with their suites, those with their tests. */
	function plantTests(data) {
		const root = { folders: [], leaves: [], depth: 0, open: true };
		const stages = new Map(), folders = [root], leaves = [];
		const grow = (above, name) => {
			const folder = { name, order: folders.length, folders: [], leaves: [], depth: above.depth + 1, open: false,
				counts: [0, 0, 0, 0], time: 0, cells: [] };

			above.folders.push(folder);
			folders.push(folder);
			return folder;
		};

		for (const [stage, container, tests] of data.suites) {
			if (!stages.has(stage))
				stages.set(stage, data.stages.length > 1 ? grow(root, stage) : root);
			const home = stages.get(stage);
			const suite = grow(home, container || 'no suite');

			suite.stage = stage;
			for (const [name, status, time, cells, flaky, attempts] of tests) {
				suite.leaves.push({ order: leaves.length, stage, container, name, status, time, flaky, attempts,
					cells: cells.map((i) => data.cells[i]), key: (container + ' ' + name).toLowerCase(), depth: suite.depth + 1 });
				leaves.push(suite.leaves.at(-1));
				for (const folder of home === root ? [suite] : [suite, home]) {
					folder.counts[status]++;
					folder.time += time;
				}
			}
		}
		for (const folder of folders)
			folder.open = folder.open || folder.folders.length > 0 || leaves.length <= 200 || folder.counts[2] + folder.counts[3] > 0;
		return { root, folders, leaves };
	}

	class Tests extends Table {
		constructor(host, data) {
			super('tests', { query: '', status: '', stage: '', cell: '', flat: false, sort: 'Test', down: false });
			Object.assign(this, plantTests(data), { hint: 'part of a name', noun: 'test', flatName: 'without suites' });
			this.options = {
				status: ['failing', 'flaky', ...STATUSES],
				stage: data.stages,
				cell: data.cells.filter((name) => name),
			};
			/* what is remembered of another report may not be here */
			for (const [key, names] of Object.entries(this.options))
				if (!names.includes(this.state[key]))
					this.state[key] = '';
			this.columns = [
				{ name: 'Test', cls: 'first', value: (row) => row.order, show: (row, cell) => this.showName(row, cell) },
				{ name: 'Status', value: (row) => row.folders ? row.counts[2] + row.counts[3] : row.status, show: (row, cell) => this.showStatus(row, cell) },
				{ name: 'Stage', value: (row) => row.stage || row.name, show(row, cell) { cell.append(row.stage || ''); } },
				...(this.options.cell.length ? [{ name: 'Cells', cls: 'cells', value: (row) => row.cells.join(' '), show(row, cell) {
					cell.append(cell.title = row.cells.join(', '));
				} }] : []),
				{ name: 'Attempts', cls: 'n', value: (row) => row.attempts ?? null, show(row, cell) { cell.append(row.attempts ?? ''); } },
				{ name: 'Time', cls: 'n', value: (row) => row.time, show(row, cell) {
					cell.append(row.time === null ? '–' : duration(row.time));
				} },
			];
			this.place(host, 'All tests');
		}

		showName(row, cell) {
			if (row.folders) {
				this.showFolder(row, cell, make('span', { className: 'soft' }, ' ' + counted(row.counts.reduce((a, b) => a + b), 'test')));
				return;
			}
			cell.title = row.container + ' ' + row.name;
			this.showLeaf(row, cell, ...(this.isFlat() ? [make('span', { className: 'soft' }, row.container + ' ')] : []), row.name);
		}

		showStatus(row, cell) {
			if (!row.folders) {
				cell.classList.add(STATUSES[row.status]);
				cell.append(STATUSES[row.status] + (row.flaky ? ', flaky' : ''));
				return;
			}
			const failing = row.counts[2] + row.counts[3];

			if (failing)
				cell.append(make('b', { className: 'low' }, '✗ ' + failing + ' failing'), ' ');
			cell.append([[1, 'passed'], [0, 'skipped']].filter(([i]) => row.counts[i]).map(([i, what]) => row.counts[i] + ' ' + what).join(', '));
			cell.classList.add('soft');
		}

		filters() {
			const all = (names) => [['', 'all'], ...names.map((name) => [name, name])];

			return ['status', 'stage', 'cell'].filter((key) => this.options[key].length)
				.map((key) => choice(key[0].toUpperCase() + key.slice(1), all(this.options[key]), this.state[key], (value) => this.set(key, value)));
		}

		isFiltered() {
			return ['query', 'status', 'stage', 'cell'].some((key) => this.state[key] !== '');
		}

		fits(row) {
			const state = this.state;
			const status = STATUSES[row.status];

			return (!state.query || row.key.includes(state.query.toLowerCase())) &&
				(!state.status || status === state.status || (state.status === 'failing' && row.status > 1) ||
				(state.status === 'flaky' && row.flaky)) &&
				(!state.stage || row.stage === state.stage) && (!state.cell || row.cells.includes(state.cell));
		}
	}

	/* ---- the lines of a file ---- */

	const WANTED = [['miss', 'missed or partial'], ['m', 'missed'], ['p', 'partial'], ['d', 'changed'], ['l', 'lost since base']];

	/* Lines around those that are wanted when the others are hidden; the most pixels that a line has on the map. */
	const CONTEXT = 2, MAP_LINE = 6;

	class Code {
		constructor(page) {
			this.page = page;
			this.box = page.querySelector('div.code');
			this.lines = [...page.querySelectorAll('table.code tbody tr')];
			this.letters = [...page.querySelectorAll('.legend li')].map((item) => ({
				letter: item.querySelector('.letter')?.textContent,
				name: item.lastChild.textContent.trim(),
			})).filter((stage) => stage.letter);
			this.wanted = recall('wanted', 'miss');
			this.alone = recall('alone', false);
			this.at = -1;
			this.marks = this.letters.length ? this.lines.map((line) => (line.cells[line.cells.length - 2]?.textContent || '').replace(/[·\s]/g, '')) : [];
			this.makeTools();
			this.want(this.wanted);
			this.box.addEventListener('click', (event) => this.click(event));
		}

		makeTools() {
			const has = (letter) => this.lines.some((line) => line.className.charAt(1) === letter);
			const options = [...WANTED.filter(([key]) => !'dl'.includes(key) || has(key)), ...this.letters.map((stage) => ['only ' + stage.letter, 'covered only by ' + stage.name])];

			if (!options.some(([key]) => key === this.wanted))
				this.wanted = 'miss';
			for (const [rel, key] of [['prev', 'p'], ['next', 'n']])
				this.page.querySelector(`a[rel=${rel}]`)?.append(' ', hint(key));
			this.told = make('span', { className: 'soft', role: 'status' });
			this.aloneBox = ticked('hide the others', this.alone, (event) => this.showAlone(event.target.checked));
			this.box.before(make('div', { className: 'bar-of-tools' },
				choice('Step through lines', options, this.wanted, (value) => this.want(value)),
				make('span', { className: 'group' },
					make('button', { type: 'button', onclick: () => this.step(-1) }, 'Previous ', hint('k')),
					make('button', { type: 'button', onclick: () => this.step(1) }, 'Next ', hint('j'))),
				this.aloneBox, this.told));
		}

		isWanted(i) {
			const state = this.lines[i].className.charAt(0);

			if (this.wanted === 'miss')
				return state === 'm' || state === 'p';
			if ('dl'.includes(this.wanted))
				return this.lines[i].className.charAt(1) === this.wanted;
			if (this.wanted.startsWith('only '))
				return this.marks[i] === this.wanted.slice(5) && state !== 'm';
			return state === this.wanted;
		}

		/* Blocks of lines that are wanted; a line that nobody measured parts none. */
		want(wanted) {
			const only = wanted.startsWith('only ');
			let before = '';

			this.wanted = wanted;
			remember('wanted', wanted);
			this.blocks = [];
			this.count = 0;
			this.lines.forEach((line, i) => {
				const state = line.className.charAt(0);
				const fits = this.isWanted(i);

				line.classList.toggle('away', only && !fits);
				this.count += fits;
				if (!state || !('cmp'.includes(state) || fits))
					return;
				if (fits && before !== state)
					this.blocks.push(i);
				before = fits ? state : '';
			});
			this.told.textContent = counted(this.count, 'line') + ' in ' + counted(this.blocks.length, 'block');
			this.hideOthers();
			this.drawMap();
		}

		showAlone(alone) {
			this.alone = alone;
			remember('alone', alone);
			this.aloneBox.querySelector('input').checked = alone;
			this.hideOthers();
			this.drawSight();
		}

		/* Leaves the lines that are wanted and some around them; the count of lines goes on over a gap. */
		hideOthers() {
			const near = new Set();
			let hidden = 0;

			if (this.alone)
				this.lines.forEach((line, i) => {
					for (let n = i - CONTEXT; this.isWanted(i) && n <= i + CONTEXT; n++)
						near.add(n);
				});
			this.lines.forEach((line, i) => {
				line.hidden = this.alone && !near.has(i);
				line.classList.toggle('gap', hidden > 0 && !line.hidden);
				line.style.counterIncrement = hidden && !line.hidden ? 'line ' + (hidden + 1) : '';
				hidden = line.hidden ? hidden + 1 : 0;
			});
			this.shown = [...this.lines.keys()].filter((i) => !this.lines[i].hidden);
		}

		step(by) {
			const at = this.at >= 0 ? this.at : this.inSight() - (by > 0);
			const next = by > 0 ? this.blocks.find((i) => i > at) : this.blocks.findLast((i) => i < at);

			if (next === undefined)
				return;
			this.at = next;
			this.choose(this.lines[next].id);
			this.lines[next].scrollIntoView({ block: 'center' });
		}

		/* The first line that can be seen. */
		inSight() {
			const top = document.querySelector('.top').offsetHeight;

			return this.lines.findIndex((line) => !line.hidden && line.getBoundingClientRect().top > top);
		}

		/* Marks the lines that a fragment names: "L12", "L12-L20". */
		choose(fragment) {
			const parts = /^(.*?L)(\d+)(?:-L(\d+))?$/.exec(fragment);
			let first = null;

			for (const line of this.page.querySelectorAll('tr.chosen'))
				line.classList.remove('chosen');
			if (!parts)
				return;
			for (let n = Number(parts[2]); n <= Math.min(Number(parts[3] || parts[2]), Number(parts[2]) + this.lines.length); n++) {
				const line = document.getElementById(parts[1] + n);

				if (line && this.page.contains(line)) {
					line.classList.add('chosen');
					first = first || line;
				}
			}
			this.at = first ? this.lines.indexOf(first) : this.at;
			if (first && first.hidden) {
				this.showAlone(false);
				first.scrollIntoView({ block: 'center' });
			}
			if (decodeURIComponent(location.hash.slice(1)) !== fragment)
				history.replaceState(null, '', '#' + fragment);
			if (first && parts[3])
				first.scrollIntoView({ block: 'center' });
		}

		click(event) {
			const line = event.target.closest('tbody tr');

			if (!line || (event.target !== line && event.target !== line.cells[0]))
				return;
			const number = line.id.slice(line.id.lastIndexOf('L'));
			const from = event.shiftKey && this.at >= 0 ? this.lines[this.at].id : '';
			const n = Number(number.slice(1)), m = Number(from.slice(from.lastIndexOf('L') + 1));

			this.choose(from && m < n ? from + '-' + number : line.id);
		}

		/* A picture of the whole file at the right edge, and which part of it is in sight. */
		makeMap() {
			const jump = (event) => event.buttons && this.jump(event);

			this.canvas = make('canvas', { width: 12 });
			this.sight = make('div');
			this.map = make('div', { className: 'map-of-lines', 'aria-hidden': 'true', onpointerdown: jump, onpointermove: jump }, this.canvas, this.sight);
			this.page.append(this.map);
			window.addEventListener('resize', () => this.drawMap());
			window.addEventListener('scroll', () => this.drawSight(), { passive: true });
			document.addEventListener('muster-theme', () => this.drawMap());
			matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.drawMap());
		}

		drawMap() {
			if (!this.map)
				this.makeMap();
			const style = getComputedStyle(document.documentElement);
			const height = this.canvas.height = this.map.clientHeight || 600;
			const pen = this.canvas.getContext('2d');
			const inks = { c: '--bar-good', m: '--bar-low', p: '--bar-fair' };

			this.each = Math.min(MAP_LINE, height / Math.max(1, this.lines.length));
			this.lines.forEach((line, i) => {
				const ink = inks[line.className.charAt(0)];

				if (!ink)
					return;
				pen.fillStyle = style.getPropertyValue(ink);
				pen.fillRect(ink === '--bar-good' ? 4 : 0, i * this.each, ink === '--bar-good' ? 4 : 12, Math.max(1, this.each));
			});
			this.drawSight();
		}

		/* Lines are all of one height. */
		drawSight() {
			const { top, height } = (this.lines[this.shown[0]] || this.box).getBoundingClientRect();
			const place = (y) => this.shown[Math.max(0, Math.min(this.shown.length - 1, Math.floor((y - top) / height)))];

			this.sight.hidden = !this.shown.length || !height;
			if (this.sight.hidden)
				return;
			const from = place(document.querySelector('.top').offsetHeight);

			this.sight.style.top = from * this.each + 'px';
			this.sight.style.height = Math.max(4, (place(innerHeight) - from + 1) * this.each) + 'px';
		}

		jump(event) {
			const at = Math.floor((event.clientY - this.map.getBoundingClientRect().top) / this.each);
			const shown = this.shown.find((i) => i >= at) ?? this.shown.at(-1);

			if (shown !== undefined)
				this.lines[shown].scrollIntoView({ block: 'center' });
		}
	}

	/* ---- the page ---- */

	const codes = [];
	let tree = null, tests = null;

	function visible(element) {
		return Boolean(element && element.offsetParent !== null);
	}

	function currentCode() {
		return codes.find((code) => visible(code.box));
	}

	/* Follows a link of the page that is shown. */
	function follow(selector) {
		const link = [...document.querySelectorAll(selector)].find(visible);

		if (link)
			location.href = link.href;
	}

	function search() {
		const field = [tree, tests].map((table) => table && table.search).find(visible);

		if (field) {
			field.focus();
			field.select();
			return;
		}
		const link = document.querySelector('nav a:nth-child(2)');

		remember('search', true);
		location.href = link.href;
	}

	const KEYS = [
		['j', 'next block of missed or partial lines', () => currentCode()?.step(1)],
		['k', 'previous block', () => currentCode()?.step(-1)],
		['n', 'next file with misses', () => follow('a[rel=next]')],
		['p', 'previous file with misses', () => follow('a[rel=prev]')],
		['/', 'search', search],
		['t', 'theme: that of the system, dark, light', nextTheme],
		['?', 'this help', () => help()],
	];

	function help() {
		let dialog = document.querySelector('dialog');

		if (!dialog) {
			dialog = make('dialog', { 'aria-labelledby': 'help-title' }, make('h2', { id: 'help-title' }, 'Keys'),
				make('table', {}, make('tbody', {}, ...KEYS.map(([key, what]) =>
					make('tr', {}, make('th', { scope: 'row' }, make('kbd', {}, key)), make('td', {}, what))))),
				make('p', { className: 'soft' }, 'A click on a line’s number links to it, with Shift to a range.'),
				make('form', { method: 'dialog' }, make('button', {}, 'Close')));
			document.body.append(dialog);
		}
		if (dialog.open)
			dialog.close();
		else
			dialog.showModal();
	}

	function onKey(event) {
		const key = KEYS.find(([name]) => name === event.key);

		if (!key || event.ctrlKey || event.altKey || event.metaKey || event.target.closest('input:not([type=checkbox]), select, textarea'))
			return;
		event.preventDefault();
		key[2]();
	}

	function startCode(page) {
		if (page.querySelector('div.code') && !codes.some((code) => code.page === page))
			codes.push(new Code(page));
	}

	/* In the report of one file one page is shown at a time: the one that holds what the fragment names. */
	function showSingle() {
		const fragment = decodeURIComponent(location.hash.slice(1)).replace(/(L\d+)-L\d+$/, '$1');
		const target = document.getElementById(fragment) || document.getElementById('overview');
		const shown = target.closest('.page') || document.getElementById('overview');

		for (const page of document.querySelectorAll('.page'))
			page.hidden = page !== shown;
		for (const link of document.querySelectorAll('.top nav a'))
			if (link.hash === '#' + shown.id)
				link.setAttribute('aria-current', 'page');
			else
				link.removeAttribute('aria-current');
		startCode(shown);
		if (target === shown)
			window.scrollTo(0, 0);
		else
			target.scrollIntoView({ block: 'center' });
	}

	function onFragment() {
		const fragment = decodeURIComponent(location.hash.slice(1));

		if (document.body.classList.contains('single'))
			showSingle();
		currentCode()?.choose(fragment);
		if (tree && /^d\d+$/.test(fragment))
			tree.reveal(Number(fragment.slice(1)));
	}

	function startTables() {
		const treeHost = document.getElementById('tree-table');
		const testHost = document.getElementById('test-table');

		if (treeHost && typeof musterTree === 'object') {
			tree = new Tree(treeHost, musterTree);
			document.getElementById('tree-plain').remove();
		}
		if (testHost && typeof musterTests === 'object') {
			tests = new Tests(testHost, musterTests);
			document.getElementById('tests-plain').remove();
		}
	}

	function start() {
		document.querySelector('.top').append(make('div', { className: 'tools' },
			make('button', { type: 'button', className: 'theme', onclick: nextTheme }, 'Theme: ' + recall('theme', 'system')),
			make('button', { type: 'button', onclick: help, 'aria-label': 'Keys' }, '?')));
		startTables();
		if (!document.body.classList.contains('single'))
			startCode(document.getElementById('main'));
		document.addEventListener('keydown', onKey);
		window.addEventListener('hashchange', onFragment);
		onFragment();
		if (recall('search', false)) {
			remember('search', false);
			search();
		}
	}

	document.addEventListener('DOMContentLoaded', start);
})();
