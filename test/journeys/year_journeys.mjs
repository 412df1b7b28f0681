// A year from hand to hand: a spreadsheet becomes the wheel, the wheel goes into calendars and letters, and letters
// bring answers.
import { khalLists } from "./khal.mjs";
import { linkIn } from "./letter.mjs";
import { say } from "./texts.mjs";
import { check, checkIs } from "./visitor.mjs";
import { sideCell } from "./wheel.mjs";

// As a spreadsheet of Finland saves it: semicolons, and letters in the code of its computer.
function spreadsheet(...rows) {
	const lines = [["Otsikko", "Kehä", "Viikko", "Ensimmäinen päivä", "Viimeinen päivä", "Henkilö", "Kampukset",
		"Ydinasia"], ...rows];

	return { name: "vuosikello.csv", mimeType: "text/csv",
		buffer: Buffer.from(lines.map((line) => `${line.join(";")}\r\n`).join(""), "latin1") };
}

const title = "Hitsaamon lähtölaukaus";
const start = [title, "kampus", "36", "", "", "Ilmari Kivisuvanto", "Pohja", "kyllä"];
const fire = ["Nuotioilta lähirannassa", "kampus", "", "3.9.2026", "4.9.2026", "", "", ""];
const mistaken = spreadsheet(start, ["Nuotioilta lähirannassa", "ranta", ...fire.slice(2)],
	["Viikko jota ei ole", "kampus", "54", "", "", "", "", ""]);
const mended = spreadsheet(start, fire);

async function importsTheFile(aino) {
	await aino.go("/fi/admin/wheel");
	await aino.press("wheel.begin_year", { given: { year: 2026 } });
	const draft = aino.page.locator("li.card", { has: aino.page.locator("a[href='/fi/wheel/2026']") });
	await aino.follow("wheel.import", { within: draft });
	await aino.page.locator("input[name=file]").setInputFiles(mistaken);
	await aino.press("wheel.import_look");

	// Each mistake with its place, in words; nothing has changed.
	const problems = aino.page.locator("section[aria-labelledby=problems] li");
	checkIs(await problems.count(), 2, "the number of problems");
	await aino.sees("wheel.import_cell", { row: 3, letter: "B", column: "Kehä" }, problems.nth(0));
	await aino.seesWords(/”ranta”/, problems.nth(0));
	await aino.sees("wheel.import_cell", { row: 4, letter: "C", column: "Viikko" }, problems.nth(1));
	const look = aino.path;
	await aino.go("/fi/wheel/2026");
	await aino.seesNot(title);

	await aino.go(look);
	await aino.press("wheel.import_make", { expected: 422 });
	await aino.sees("wheel.import_skip_first");
	await aino.unfold("wheel.import_again");
	await aino.page.locator("input[name=file]").setInputFiles(mended);
	await aino.press("wheel.import_look");
	checkIs(await problems.count(), 0, "the number of problems of the mended file");
	checkIs(await aino.page.locator(".year-list .row-item").count(), 2, "how many items would come");
	await aino.press("wheel.import_make", { given: { n: 2 } });
	await aino.sees("wheel.import_made_flash");
}

async function publishes(aino, own) {
	const anyone = await own.visitor();

	await anyone.go("/fi/wheel/2026", 404);
	await aino.go("/fi/admin/wheel");
	await aino.press("wheel.publish_year");
	await aino.seesWords(/Vuosikello on julkaistu/);
	await own.comesTo("2026-06-09");
	const letter = await own.letter(own.address("Ilmari"), say("fi", "letter.year_subject"));
	await anyone.go(linkIn(letter.text, "/pohja/wheel/2026").pathname);
	await anyone.followTitle(title);
	await anyone.seesWords(/viikko 36/);
}

// Whoever subscribes sees it in their own calendar, on all of its days.
async function standsInKhal(own) {
	const anyone = await own.visitor();

	await anyone.go("/fi/pohja/wheel/2026");
	await anyone.follow("wheel.take_link");
	const address = await anyone.page.locator(".take a.button").getAttribute("href");
	const calendar = await (await anyone.page.request.get(address)).text();
	const listed = khalLists(own, calendar, "2026-08-31").filter((line) => line.includes(title));
	check(listed[0]?.startsWith("2026-08-31") && listed[0].includes("Pohja"), `khal lists “${listed}”`);
}

async function isAnsweredFromTheMail(own) {
	const letter = await own.letter(own.address("Ilmari"),
		say("fi", "letter.monday_subject", { week: "viikko 36" }));
	const somebody = await own.visitor();
	const at = letter.text.indexOf(title);

	check(at >= 0, `Monday's letter says “${letter.text}”`);
	await somebody.go(linkIn(letter.text.slice(at), "/letter/done/").pathname);
	await somebody.seesWords(title);
	await somebody.press("letter.done");
	await somebody.sees("letter.thanks");

	await somebody.go("/fi/wheel/2026/campuses");
	await somebody.sees("wheel.sight_done", {}, await sideCell(somebody, title, "Pohja"));
}

// In June the coordinator brings the plan of the next year; on a Monday of autumn it is answered.
async function fromASpreadsheet(world) {
	await world.apart("2026-06-08", async (own) => {
		const aino = await own.someone("Aino");

		await importsTheFile(aino);
		await publishes(aino, own);
		await standsInKhal(own);
		await own.comesTo("2026-08-31");
		await isAnsweredFromTheMail(own);
	});
}

export default [
	["a spreadsheet becomes the wheel, and is answered from the mail", fromASpreadsheet, "main"],
];
