// A year that somebody has in a spreadsheet already.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkIs } from "./visitor.mjs";
import { runningYear } from "./wheel.mjs";

// As Excel saves it in Finland: semicolons, CP1252, days with dots.
function spreadsheet(world, title, ring) {
	const file = join(world.data, "spreadsheet.csv");

	const rows = ["Otsikko;Viikko;Kehä", `${title};36;kampus`, `${title} 2;37;${ring}`, ""];

	writeFileSync(file, Buffer.from(rows.join("\r\n"), "latin1"));
	return file;
}

async function spreadsheetComesIn(world) {
	const aino = await world.someone("Aino"), anyone = await world.visitor();
	const year = await runningYear(aino), title = `Pihapäivä ${Date.now() % 100000}`;

	await aino.go(`/fi/wheel/${year}`);
	await aino.follow("wheel.import");
	// What cannot be read at all is said beside the file.
	await aino.page.locator("#import-file").setInputFiles(join(import.meta.dirname, "../data/picture.jpg"));
	await aino.press("wheel.import_look", { expected: 422 });
	await aino.sees("wheel.file_binary");
	// What can be read is looked at, with what is to be mended at its place.
	await aino.page.locator("#import-file").setInputFiles(spreadsheet(world, title, "avaruus"));
	await aino.press("wheel.import_look");
	await aino.sees("wheel.import_cell", { row: 3, letter: "C", column: "Kehä" });
	await aino.press("wheel.import_make", { given: { n: 1 }, expected: 422 });
	await aino.sees("wheel.import_skip_first");
	await anyone.go(`/fi/wheel/${year}`);
	await anyone.seesNot(title);
	// Mended, and sent again in the place of the first.
	const again = await aino.unfold("wheel.import_again");
	await again.locator("input[type=file]").setInputFiles(spreadsheet(world, title, "kampus"));
	await aino.press("wheel.import_look", { within: again });
	await aino.seesWords(`${title} 2`);
	await aino.press("wheel.import_make", { given: { n: 2 } });
	await aino.sees("wheel.import_made_flash");
	await anyone.go(`/fi/wheel/${year}`);
	checkIs(await anyone.page.locator("a.row-title", { hasText: title }).count(), 2, "the new items");
	// The same file again has nothing new.
	await aino.follow("wheel.import");
	await aino.page.locator("#import-file").setInputFiles(spreadsheet(world, title, "kampus"));
	await aino.press("wheel.import_look");
	await aino.sees("wheel.import_nothing");
	await aino.press("wheel.import_forget");
	// All of it is taken back by one press.
	await aino.followTitle("spreadsheet.csv");
	await aino.press("wheel.import_undo");
	await aino.sees("wheel.import_stays_none");
	await anyone.go(`/fi/wheel/${year}`);
	await anyone.seesNot(title);
}

export default [
	["a year comes in from a spreadsheet", spreadsheetComesIn],
];
