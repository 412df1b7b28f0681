// The communal space: a partner books it for weeks, students take it, somebody waits, the coordinator answers.
import { join } from "node:path";
import { check, checkIs } from "./visitor.mjs";

const PAGES_MOST = 5;
const WEEKS_LOOKED = 30;

// The first day with a free start from `skip` days on; the demonstration stands at today, which may be a holiday.
export async function toFreeDay(visitor, space, { skip = 0, query = "" } = {}) {
	const day = new Date(Date.now() + skip * 86_400_000).toISOString().slice(0, 10);

	await visitor.go(`${space}/book?day=${day}${query}`);
	for (let week = 0; week < WEEKS_LOOKED; week++) {
		const addresses = await visitor.page.locator(".day-strip a.day[data-open=true]").evaluateAll(
			(links) => links.filter((a) => /\d/.test(a.querySelector("small").textContent)).map(
				(a) => a.getAttribute("href")));
		const later = addresses.find((a) => new URL(a, visitor.world.base).searchParams.get("day") >= day);
		if (later) {
			await visitor.go(later);
			return new URL(later, visitor.world.base).searchParams.get("day");
		}
		await visitor.follow("space.later");
	}
	throw new Error(`nothing is free at ${space} for ${WEEKS_LOOKED} weeks`);
}

const finnish = (iso, days) => {
	const day = new Date(`${iso}T12:00:00Z`);
	day.setUTCDate(day.getUTCDate() + days);
	return `${day.getUTCDate()}.${day.getUTCMonth() + 1}.${day.getUTCFullYear()}`;
};

export const pressMain = (visitor, expected) =>
	visitor.load(() => visitor.page.locator("main .actions button.button:not(.second)").first().click(), expected);

export async function fillDetails(visitor, title, { every, last, people = "8" } = {}) {
	await visitor.page.locator("#booking-title").fill(title);
	await visitor.page.locator("#booking-people").fill(people);
	if (every) {
		await visitor.page.locator("#booking-every").selectOption(every);
		await visitor.page.locator("#booking-last").fill(last);
	}
	await visitor.press("space.to_check");
}

async function seriesOfAPartner(world) {
	const oona = await world.someone("Oona");
	const title = `Taidekerho ${world.look.name.replaceAll(",", "")}`;
	let pages = 1; // the one with the button that signs her in

	const day = await toFreeDay(oona, "/fi/ranta/space/laituri", { skip: 14 });
	pages++;
	await oona.press("space.hold");
	pages++;
	await fillDetails(oona, title, { every: "week", last: finnish(day, 28) });
	pages++;
	// Every day stands there before it is sent.
	check(await oona.page.locator(".dates li").count() >= 2, "the days of the series are not shown");
	await pressMain(oona);
	pages++;
	await oona.sees("space.sent");
	check(pages <= PAGES_MOST, `it took ${pages} pages`);
	const address = oona.path.replace(/[?#].*/, "");

	// In her calendar, at the secret address, it stands at once.
	await oona.go("/fi/me/calendar");
	const feed = await oona.page.locator("code.address").first().innerText();
	const calendar = await (await fetch(new URL(new URL(feed).pathname, world.base))).text();
	check(calendar.replaceAll("\r\n ", "").includes(`SUMMARY:${title}`), "the calendar does not have it");

	// The coordinator moves the first one; the letter says so.
	const aino = await world.someone("Aino");
	await aino.go(address);
	await aino.follow("space.move");
	await toFreeDay(aino, "/fi/ranta/space/laituri", { skip: 21, query: `&move=${address.split("/").at(-1)}` });
	await aino.press("space.hold");
	await pressMain(aino);
	await aino.sees("space.sent_move");
	await oona.go(address);
	await oona.seesWords(title);
	const letter = await world.letter(world.address("Oona"));
	check(/Laituri/.test(letter.subject), `the letter is called “${letter.subject}”`);
}

async function takenMeanwhile(world) {
	const kerttu = await world.someone("Kerttu");
	const aino = await world.someone("Aino");

	const day = await toFreeDay(kerttu, "/fi/ranta/space/laituri", { skip: 10 });
	await aino.go(`/fi/ranta/space/laituri/book?day=${day}`);
	await kerttu.press("space.hold");
	const draft = kerttu.path;
	// The second of two hears the rule, and three near times.
	await aino.press("space.hold", { expected: 409 });
	await aino.sees("space.why_held");
	check(await aino.page.locator("main form[action$='/hold'] button.second").count() >= 1,
		"nothing is offered instead");
	// She waits, and when it is free again it is held for her.
	await aino.load(() => aino.page.locator("form[action$='/wish'] button").click());
	await aino.sees("space.wish_flash");
	await kerttu.go(draft);
	await kerttu.press("space.extend");
	await kerttu.sees("space.extended");
	await kerttu.press("space.drop");
	await aino.go("/fi/me/bookings");
	await aino.follow("space.take_offer");
	await fillDetails(aino, `Odotettu ${world.look.name}`);
	await pressMain(aino);
	await aino.sees("space.sent");
}

async function groupOfStudents(world) {
	const mira = await world.someone("Mira");

	await toFreeDay(mira, "/fi/asema/space/odotushuone", { skip: 9 });
	await mira.press("space.hold");
	// What is wrong is said at its field, and nothing is lost.
	await mira.page.locator("#booking-title").fill("Lautapelit");
	await mira.page.locator("#booking-people").fill("200");
	await mira.press("space.to_check", { expected: 422 });
	await mira.sees("space.why_many");
	await mira.seesField("#booking-title", "Lautapelit");
	await mira.page.locator("#booking-people").fill("6");
	await mira.press("space.to_check");
	await pressMain(mira);
	await mira.sees("space.sent");
	await mira.unfold("space.cancel");
	await mira.press("space.cancel");
	await mira.sees("space.cancelled_flash");
}

async function lessonWithItsGroup(world) {
	const reino = await world.someone("Reino");

	await toFreeDay(reino, "/fi/asema/space/odotushuone", { skip: 8 });
	await reino.press("space.hold");
	await reino.page.locator("#booking-title").fill("Podcastpaja");
	await reino.page.locator("#booking-audience").selectOption("teaching");
	await reino.press("space.to_check", { expected: 422 });
	await reino.sees("space.group_code_missing");
	await reino.page.locator("#booking-group_code").fill("MEDIA25");
	await reino.press("space.to_check");
	await pressMain(reino);
	await reino.seesWords(/MEDIA25/);
	await reino.unfold("space.cancel");
	await reino.press("space.cancel");
}

async function pictureOfASpace(world) {
	const aino = await world.someone("Aino");
	const file = join(import.meta.dirname, "../data/picture.jpg");

	await aino.go("/fi/metsa/space/stugan/edit/picture");
	// What is no picture is said at its field, and what was written stays.
	await aino.page.locator("#picture-picture").setInputFiles(join(import.meta.dirname, "run.sh"));
	await aino.page.locator("#picture-alt").fill("Tupa ja takka");
	await aino.press("space.edit_save", { expected: 422 });
	await aino.sees("file.unknown");
	await aino.seesField("#picture-alt", "Tupa ja takka");
	await aino.page.locator("#picture-picture").setInputFiles(file);
	await aino.press("space.edit_save");
	await aino.sees("space.edit_saved");
	await aino.go("/fi/metsa/space/stugan");
	const picture = aino.page.getByRole("img", { name: "Tupa ja takka" });
	await picture.scrollIntoViewIfNeeded();
	await picture.evaluate((img) => img.decode());
	checkIs(await picture.evaluate((img) => img.naturalWidth), 640, "the width of the picture");
}

export default [
	["space: a partner books a series, finds it in a calendar, and the coordinator moves one", seriesOfAPartner,
		"main"],
	["space: the second of two waits and gets what is freed", takenMeanwhile],
	["space: a group of students takes it", groupOfStudents],
	["space: a lesson names its group", lessonWithItsGroup],
	["space: it gets a picture", pictureOfASpace],
];
