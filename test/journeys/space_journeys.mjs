// The communal space: students take it, a lesson is held there, somebody waits, the coordinator answers, its hours
// change under a series.
import { join } from "node:path";
import { part } from "./texts.mjs";
import { check, checkIs } from "./visitor.mjs";

const WEEKS_LOOKED = 30;

// The first day with a free start from `skip` days or a day on; the demonstration stands at today, which may be a
// holiday.
export async function toFreeDay(visitor, space, { skip = 0, from, query = "" } = {}) {
	const day = from ?? later(new Date().toISOString().slice(0, 10), skip);

	await visitor.go(`${space}/book?day=${day}${query}`);
	for (let week = 0; week < WEEKS_LOOKED; week++) {
		const addresses = await visitor.page.locator(".day-strip a.day[data-open=true]").evaluateAll(
			(links) => links.filter((a) => /\d/.test(a.querySelector("small").textContent)).map(
				(a) => a.getAttribute("href")));
		const dayOf = (address) => new URL(address, visitor.world.base).searchParams.get("day");
		const found = addresses.find((address) => dayOf(address) >= day);
		if (found) {
			await visitor.go(found);
			return dayOf(found);
		}
		await visitor.follow("space.later");
	}
	throw new Error(`nothing is free at ${space} for ${WEEKS_LOOKED} weeks`);
}

export const later = (iso, days) => new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);
export const finnish = (iso) => iso.split("-").reverse().map(Number).join(".");

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

// Two ask for the same evening; the coordinator sees them side by side, and each hears why.
async function askedOutsideHours(world) {
	const oona = await world.someone("Oona");
	const kerttu = await world.someone("Kerttu");
	const aino = await world.someone("Aino");
	const look = world.look.name.replaceAll(",", "");
	const asks = async (visitor, title) => {
		const day = later(new Date().toISOString().slice(0, 10), 24);
		await visitor.go(`/fi/ranta/space/laituri/book?day=${day}&outside=1`);
		await visitor.page.locator(`[name=from][value="${21 * 60}"]`).check();
		await visitor.press("space.hold");
		await fillDetails(visitor, title);
		await visitor.press("space.send_request");
		await visitor.sees("space.sent_request");
		return visitor.path.replace(/[?#].*/, "");
	};
	const cardOf = (title) => aino.page.locator(".questions > li").filter({
		has: aino.page.locator("h2", { hasText: title }) });
	const answer = async (title, key, words) => {
		await cardOf(title).locator("textarea").fill(words);
		const button = cardOf(title).getByRole("button", { name: part("fi", key) });
		await aino.load(() => button.click());
	};
	const titles = { oona: `Leffailta ${look}`, kerttu: `Vanhempainilta ${look}` };
	const asked = { oona: await asks(oona, titles.oona), kerttu: await asks(kerttu, titles.kerttu) };

	for (const who of ["Oona", "Kerttu"]) {
		const letter = await world.letter(world.address(who));
		checkIs(letter.calendar, null, "the calendar of what is only asked for");
	}
	await aino.go("/fi/admin/bookings");
	await aino.seesWords(titles.kerttu, cardOf(titles.oona).locator(".rival"));
	await answer(titles.oona, "space.queue_yes", "Kahvit ovat kaapissa.");
	await aino.sees("space.queue_granted");
	// What the other asked for is taken now; only no is left.
	checkIs(await cardOf(titles.kerttu).getByRole("button").count(), 1, "the number of answers that are left");
	await answer(titles.kerttu, "space.queue_no", "Seuraavana iltana tila on vapaa.");
	await aino.sees("space.queue_declined");

	const granted = await world.letter(world.address("Oona"));
	checkIs(granted.calendar?.method, "REQUEST", "what the answer asks of a calendar");
	check(/Kahvit ovat kaapissa/.test(granted.text), `the answer says “${granted.text}”`);
	const declined = await world.letter(world.address("Kerttu"));
	checkIs(declined.calendar, null, "the calendar of what is declined");
	check(/Seuraavana iltana/.test(declined.text), `the answer says “${declined.text}”`);
	await kerttu.go(asked.kerttu);
	await kerttu.seesWords("Seuraavana iltana tila on vapaa.");
	await oona.go(asked.oona);
	await oona.unfold("space.cancel");
	await oona.press("space.cancel");
}

// A space that closes earlier: of the evenings that somebody has, one stays, one moves, one is cancelled, and the
// fourth waits until somebody decides.
async function hoursUnderASeries(world) {
	const aino = await world.someone("Aino");
	const kerttu = await world.someone("Kerttu");
	const look = world.look.name.replaceAll(",", "");
	const title = `Iltakerho ${look}`;
	const left = (form) => aino.page.locator(`${form} .fates li`);
	const hours = async (closes, expected) => {
		await aino.page.locator("#hours-closes").fill(closes);
		const within = aino.page.locator("form[action$='/edit/hours']");
		await aino.press("space.edit_save", { within, expected });
	};

	await aino.go("/fi/admin/spaces");
	await aino.unfold("space.edit_add");
	await aino.page.locator("#new_space-name").fill(`Paja ${look}`);
	await aino.page.locator("#new_space-campus").selectOption({ label: "Ranta" });
	await aino.page.locator("#new_space-capacity").fill("20");
	await aino.press("space.edit_add");
	await aino.sees("space.edit_added");
	const space = aino.path.replace(/\/edit.*/, "");
	await aino.go(`${space}/edit/hours`);
	await aino.page.locator("#off-holidays").check();
	await aino.page.locator("#off-breaks").check();
	await aino.press("space.edit_save", { within: aino.page.locator("form[action$='/off']") });
	await aino.unfold("space.edit_add_hours");
	for (const day of await aino.page.locator("[name=days]").all())
		await day.check();
	await aino.page.locator("#hours-opens").fill("8");
	await hours("21");
	await aino.sees("space.edit_saved");

	const day = await toFreeDay(kerttu, space, { skip: 9 });
	await kerttu.page.locator(`[name=from][value="${18 * 60}"]`).check();
	await kerttu.press("space.hold");
	await fillDetails(kerttu, title, { every: "week", last: finnish(later(day, 21)) });
	await pressMain(kerttu);
	await kerttu.sees("space.sent");
	const made = (await world.letter(world.address("Kerttu"))).calendar.events;
	checkIs(made.length, 4, "how many evenings there are");

	await aino.go(`${space}/edit/hours`);
	await aino.load(() => aino.page.locator("main .row-item a.button").first().click());
	await hours("17", 422);
	await aino.sees("space.edit_leaves", { n: 4 });
	checkIs(await left("form[action$='/edit/hours']").count(), 4, "how many would fall outside");
	for (const [i, fate] of ["keep", "move", "cancel"].entries())
		await left("form[action$='/edit/hours']").nth(i).locator("select").selectOption(fate);
	await aino.page.locator("#hours-message").fill("Paja menee iltaisin kiinni.");
	await hours("17");
	// The one that moves is next.
	await aino.sees("space.edit_saved_now_move");
	await aino.press("space.hold");
	await pressMain(aino);
	await aino.sees("space.sent_move");

	const letters = [await world.letter(world.address("Kerttu")), await world.letter(world.address("Kerttu"))];
	const [cancelled, moved] = ["CANCEL", "REQUEST"].map((method) =>
		letters.find((letter) => letter.calendar.method === method));
	checkIs(cancelled.calendar.events.map((e) => e.uid).join(), made[2].uid, "what is cancelled");
	check(/menee iltaisin kiinni/.test(cancelled.text), `the letter says “${cancelled.text}”`);
	checkIs(moved.calendar.events.map((e) => e.uid).join(), made[1].uid, "what is moved");
	check(moved.calendar.events[0].starts !== made[1].starts, "the letter has the old time");

	// The fourth is in force, and waits on the page of the space.
	await aino.go(`${space}/edit/hours`);
	await aino.unfold("space.edit_outside");
	checkIs(await left("#outside").count(), 1, "how many still wait");
	await left("#outside").locator("select").selectOption("keep");
	await aino.press("space.edit_settle");
	await aino.sees("space.edit_settled");
	await kerttu.go("/fi/me/bookings");
	checkIs(await kerttu.page.locator(".row-title", { hasText: title }).count(), 3, "how many evenings are left");
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
	["space: the second of two waits and gets what is freed", takenMeanwhile],
	["space: a group of students takes it", groupOfStudents],
	["space: a lesson names its group", lessonWithItsGroup],
	["space: two ask for the same evening outside the hours", askedOutsideHours],
	["space: it gets a picture", pictureOfASpace],
	["space: its hours change under a series", hoursUnderASeries],
];
