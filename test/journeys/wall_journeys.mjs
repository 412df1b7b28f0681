// What hangs on a wall: posters of the wheel on one sheet of their paper, whatever a year holds.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { readCode } from "./door_journeys.mjs";
import { check, checkIs } from "./visitor.mjs";
import { runningYear } from "./wheel.mjs";

const MM = { a3: [297, 420], a4: [210, 297], a4wide: [297, 210] };
// Posters are read from near by: smaller than this nobody reads.
const LETTERS_LEAST = { a3: 8, a4: 7 };

// The number of sheets, and the paper of the first in millimetres.
async function sheetsOf(visitor) {
	const file = join(visitor.world.data, "wall.pdf");
	writeFileSync(file, await visitor.page.pdf({ preferCSSPageSize: true, printBackground: true }));
	const info = execFileSync("pdfinfo", [file], { encoding: "utf8" });
	const size = /Page size:\s+([\d.]+) x ([\d.]+)/.exec(info);
	return { sheets: Number(/Pages:\s+(\d+)/.exec(info)[1]),
		paper: size.slice(1).map((points) => Math.round(points / 72 * 25.4)) };
}

async function checkSheet(visitor, kind) {
	const { sheets, paper } = await sheetsOf(visitor);
	checkIs(sheets, 1, `the number of sheets of ${visitor.path}`);
	checkIs(paper.join(" × "), MM[kind].join(" × "), `the paper of ${visitor.path}`);
}

// The running year with so many items, all of them common; the demonstration has some fifty. The server does not know
// that it changed, and may have kept the pages that it drew: they are asked for by addresses that are new each time.
function holdItems(world, year, wanted) {
	const db = new DatabaseSync(join(world.data, "nuotio.db"));
	db.exec("PRAGMA busy_timeout = 5000");
	const items = db.prepare("SELECT i.id FROM wheel_item i JOIN school_year y ON y.id = i.year WHERE y.year = ? " +
		"AND i.campus IS NULL ORDER BY i.starts, i.id").all(year);
	const columns = db.prepare("SELECT name FROM pragma_table_info('wheel_item') WHERE name <> 'id'").all()
		.map((c) => c.name).join(", ");
	db.exec("BEGIN");
	db.prepare("DELETE FROM wheel_item_scope").run();
	db.prepare("UPDATE wheel_item SET cancelled_at = '2026-11-23T10:00:00Z' WHERE campus IS NOT NULL").run();
	items.forEach(({ id }, i) => db.prepare("UPDATE wheel_item SET cancelled_at = ? WHERE id = ?")
		.run(i < wanted ? null : "2026-11-23T10:00:00Z", id));
	for (let i = items.length; i < wanted; i++)
		db.prepare(`INSERT INTO wheel_item (${columns}) SELECT ${columns} FROM wheel_item WHERE id = ?`)
			.run(items[i % items.length].id);
	db.exec("COMMIT");
	db.close();
}

// What the list says stands on the wheel under the same number, and all of it within the sheet.
async function checkPoster(visitor, kind, items) {
	await visitor.page.emulateMedia({ media: "print" });
	const seen = await visitor.page.evaluate(() => {
		const sheet = document.querySelector(".wall-sheet").getBoundingClientRect();
		const list = document.querySelector(".wall-list");
		const numbers = (selector) => [...document.querySelectorAll(selector)]
			.map((e) => Number(e.textContent));
		const sticksOut = (e) => {
			const { left, right, top, bottom } = e.getBoundingClientRect();
			return left < sheet.left || right > sheet.right || top < sheet.top || bottom > sheet.bottom;
		};
		const out = [...document.querySelectorAll(".wall-sheet :is(li, footer, .qr, .wheel)")].find(sticksOut);
		const foot = document.querySelector(".wall-sheet footer").getBoundingClientRect().top;
		const wheel = document.querySelector(".wheel").getBoundingClientRect();
		return { list: numbers(".wall-list .number"), wheel: numbers(".wheel-mark-number"),
			out: out?.outerHTML.slice(0, 100),
			over: [...list.querySelectorAll("li")].some((e) => e.getBoundingClientRect().bottom > foot),
			letters: Number(list.parentElement.dataset.size) / 10,
			round: Math.min(wheel.width, wheel.height) / sheet.width };
	});
	await visitor.page.emulateMedia({ media: null });
	const where = `${visitor.path} with ${items} items`;
	check(!seen.out, `${where}: outside the sheet is ${seen.out}`);
	check(!seen.over, `${where}: the list runs into the foot`);
	check(seen.letters >= LETTERS_LEAST[kind], `${where} has letters of ${seen.letters} points`);
	check(seen.round > .6, `${where}: the wheel is ${seen.round} of the sheet's width`);
	const all = Array.from({ length: items }, (_, i) => i + 1);
	// What comes again within the year stands there as often.
	checkIs([...new Set(seen.wheel)].sort((a, b) => a - b).join(" "), all.join(" "),
		`${where}: numbers on the wheel`);
	checkIs(seen.list.join(" "), seen.list.map((_, i) => i + 1).join(" "), `${where}: numbers in the list`);
	const more = await visitor.page.locator(".wall-sheet footer b").count();
	checkIs(more, seen.list.length < items ? 1 : 0, `${where} lists ${seen.list.length} and says so`);
	return seen.list.length;
}

// Each bar stands within its week.
async function checkMonth(visitor, items) {
	await visitor.page.emulateMedia({ media: "print" });
	const out = await visitor.page.evaluate(() => [...document.querySelectorAll(".wall-month section")]
		.flatMap((week) => [...week.querySelectorAll(".wall-bars li")].map((bar) => [bar, week]))
		.find(([bar, week]) => bar.getBoundingClientRect().bottom > week.getBoundingClientRect().bottom)
		?.[0].outerHTML);
	await visitor.page.emulateMedia({ media: null });
	check(!out, `${visitor.path} with ${items} items: ${out} stands out of its week`);
	await checkSheet(visitor, "a4wide");
}

async function posters(world) {
	const anyone = await world.visitor();
	const year = await runningYear(anyone);

	for (const items of [5, 33, 60, 80]) {
		holdItems(world, Number(year), items);
		for (const place of ["", "/pohja"])
			for (const kind of ["a3", "a4"]) {
				await anyone.go(`/fi${place}/wheel/${year}/poster?paper=${kind}&items=${items}`);
				const listed = await checkPoster(anyone, kind, items);
				check(kind === "a4" || items > 60 || listed === items,
					`${anyone.path} lists ${listed} of ${items}`);
				await checkSheet(anyone, kind);
			}
		for (const month of [8, 11, 5]) {
			await anyone.go(`/fi/pohja/wheel/${year}/month/${month}?items=${items}`);
			await checkMonth(anyone, items);
		}
	}
	await anyone.page.emulateMedia({ media: "print" });
	checkIs(await readCode(anyone, anyone.page.locator("svg.qr")), `${world.base}/fi/pohja/wheel/${year}`,
		"what the code of the poster says");
	await anyone.page.emulateMedia({ media: null });
}

// From the far side of a hall: large, whole, and by itself.
async function inTheHall(world) {
	const anyone = await world.visitor();

	for (const [width, height] of [[1920, 1080], [1080, 1920]])
		for (const campus of ["pohja", "ranta", "asema", "metsa"]) {
			await anyone.page.setViewportSize({ width, height });
			await anyone.go(`/fi/${campus}/screen`);
			const seen = await anyone.page.evaluate(() => ({
				size: parseFloat(getComputedStyle(document.querySelector(".screen-wheel")).fontSize),
				bottom: Math.max(...[...document.querySelectorAll(".screen :is(li, p)")]
					.map((e) => e.getBoundingClientRect().bottom)),
			}));
			check(seen.size >= 32, `${anyone.path} at ${width} px has letters of ${seen.size} px`);
			check(seen.bottom <= height, `${anyone.path} at ${width} px goes on to ${seen.bottom} px`);
			const pressed = await anyone.page.locator("a, button, input").count();
			checkIs(pressed, 0, "what one can press in the hall");
		}
	const again = await anyone.page.request.get(`${world.base}/fi/pohja/screen`);
	checkIs(again.headers().refresh, "60", "when the hall asks again");
}

// The posters last, since they leave a wheel behind that no other journey knows.
export default [
	["wall: the screen in the hall of a campus", inTheHall],
	["wall: a poster is one sheet of its paper, whatever the year holds", posters],
];
