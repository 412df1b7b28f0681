// A partner organisation: somebody of theirs is invited by mail and books for it, week after week; the coordinator
// moves one and cancels it, which their calendar hears; one day the work together ends.
import { khalLists } from "./khal.mjs";
import { fillDetails, finnish, later, pressMain, toFreeDay } from "./space_journeys.mjs";
import { part } from "./texts.mjs";
import { check, checkIs } from "./visitor.mjs";

const SPORTS = "7";
const PAGES_MOST = 5;
const LAITURI = "/fi/ranta/space/laituri";
const HALF_AN_HOUR = "30";

async function invite(aino, { name, address }) {
	await aino.go("/fi/partners");
	await aino.follow("partner.add");
	await aino.page.locator("#organisation-name").fill(name);
	await aino.page.locator("#organisation-type").selectOption(SPORTS);
	await aino.page.getByRole("checkbox", { name: "Ranta" }).check();
	await aino.press("partner.save");
	await aino.sees("partner.saved");
	const page = aino.path;
	await aino.unfold("partner.invite");
	await aino.page.locator("#invite-name").fill("Rauni Virta");
	await aino.page.locator("#invite-email").fill(address);
	await aino.press("partner.invite_send");
	await aino.seesWords("Rauni Virta");
	return page;
}

async function holdHalfAnHour(visitor, from) {
	await visitor.page.locator(`[name=from][value="${from}"]`).check();
	await visitor.page.locator("[name=length]").selectOption(HALF_AN_HOUR);
	await visitor.press("space.hold");
}

// Somebody takes a time that is free a week before too: a weekly series that begins there runs into it.
async function standInTheWay(kerttu, title) {
	for (let skip = 16; ; skip++) {
		const day = await toFreeDay(kerttu, LAITURI, { skip });
		const from = await kerttu.page.locator("[name=from]:checked").inputValue();
		await kerttu.go(`${LAITURI}/book?day=${later(day, 7)}`);
		if (await kerttu.page.locator(`[name=from][value="${from}"]`).count()) {
			await holdHalfAnHour(kerttu, from);
			await kerttu.page.locator("#booking-public").check();
			await fillDetails(kerttu, title);
			await pressMain(kerttu);
			await kerttu.sees("space.sent");
			return { day, from };
		}
		check(skip < 200, "no time is free in two weeks one after the other");
	}
}

// The day that is taken is named, and gets another time; what the day says then.
async function otherTime(visitor, title) {
	const days = visitor.page.locator(".dates li");
	const taken = days.filter({ hasText: part("fi", "space.why_taken_by", { title }) });
	const id = await taken.getAttribute("id");
	const times = await taken.locator("option").allInnerTexts();
	const choice = times.find((words) => part("fi", "space.other_time").test(words));
	const [hours] = /[\d.]+–[\d.]+/.exec(choice);

	await taken.locator("select").selectOption({ label: choice });
	await visitor.load(() => taken.locator("button").click());
	const now = await visitor.page.locator(`[id="${id}"]`).innerText();
	check(now.includes(hours) && !now.includes(title), `the day with another time says “${now}”`);
}

// The calendar at the secret address, as khal has it.
async function listed(visitor, title) {
	await visitor.go("/fi/me/calendar");
	const address = await visitor.page.locator("code.address").last().innerText();
	const calendar = await (await fetch(new URL(new URL(address).pathname, visitor.world.base))).text();
	return khalLists(visitor.world, calendar).filter((line) => line.includes(title));
}

async function invitedBooksEnds(world) {
	const aino = await world.someone("Aino");
	const kerttu = await world.someone("Kerttu");
	const look = world.look.name.replaceAll(",", "");
	const name = `Koskenlaskijat ${look}`;
	const address = "rauni@koskenlaskijat.example";
	const title = `Melontailta ${look}`;
	const inTheWay = `Sovintoleikki ${look}`;

	const page = await invite(aino, { name, address });
	const { day, from } = await standInTheWay(kerttu, inTheWay);

	// The letter is all that Rauni needs: a page with a button, one's own page, and then the space.
	const invitation = await world.letter(address);
	check(invitation.text.includes(name), `the letter does not say for whom: ${invitation.text}`);
	const rauni = await world.visitor();
	await rauni.go(new URL(/https?:\/\/\S+/.exec(invitation.text)[0]).pathname);
	await rauni.press("account.enter");
	await rauni.seesWords(name);
	await rauni.follow("space.book_title", { given: { space: "Laituri" } });
	await rauni.go(`${LAITURI}/book?day=${day}`);
	await holdHalfAnHour(rauni, from);
	await fillDetails(rauni, title, { every: "week", last: finnish(later(day, 28)) });

	// Every day stands there before it is sent, and what is in the way of one.
	await otherTime(rauni, inTheWay);
	const pages = rauni.walked.size;
	await pressMain(rauni);
	await rauni.sees("space.sent");
	check(pages <= PAGES_MOST, `it took ${pages} pages: ${[...rauni.walked].join(" ")}`);
	const booking = rauni.path.replace(/[?#].*/, "");

	const sent = (await world.letter(address)).calendar;
	checkIs(sent.method, "REQUEST", "what the letter asks of a calendar");
	const before = await listed(rauni, title);
	check(sent.events.length >= 2, `${sent.events.length} of the series are in the letter`);
	checkIs(before.length, sent.events.length, "how many khal lists");
	checkIs(khalLists(world, sent.text).join("\n"), before.join("\n"), "what khal makes of the letter");

	// The coordinator moves one: the letter brings the change, and the calendar at the address has it.
	await aino.go(booking);
	await aino.follow("space.move");
	await toFreeDay(aino, LAITURI, { from: later(day, 1), query: `&move=${booking.split("/").at(-1)}` });
	await aino.press("space.hold");
	await pressMain(aino);
	await aino.sees("space.sent_move");
	const moved = (await world.letter(address)).calendar;
	const was = sent.events.find((event) => event.uid === moved.events[0].uid);
	checkIs(moved.method, "REQUEST", "what the letter of the move asks of a calendar");
	check(moved.events[0].sequence > was.sequence, `its version is ${moved.events[0].sequence}`);
	check(moved.events[0].starts !== was.starts, "the letter has the old time");
	const after = await listed(rauni, title);
	checkIs(after.length, before.length, "how many khal lists after the move");
	check(after.includes(khalLists(world, moved.text)[0]), `khal lists ${after.join(" / ")}`);

	// And cancels it, with a word.
	await aino.go(booking);
	await aino.unfold("space.cancel");
	await aino.page.locator("#cancel-reply").fill("Laiturilla on silloin vesikatko.");
	await aino.press("space.cancel");
	await aino.sees("space.cancelled_flash");
	const letter = await world.letter(address);
	checkIs(letter.calendar.method, "CANCEL", "what the letter of the end asks of a calendar");
	checkIs(letter.calendar.events[0].uid, was.uid, "which event is cancelled");
	check(letter.calendar.events[0].sequence > moved.events[0].sequence,
		`its version is ${letter.calendar.events[0].sequence}`);
	check(/vesikatko/.test(letter.text), `the letter says “${letter.text}”`);
	checkIs((await listed(rauni, title)).filter((line) => line.startsWith("CANCELLED")).length, 1,
		"how many khal lists as cancelled");

	// The series stands on the organisation's page; who ends the work together, ends Rauni's role.
	await rauni.go(page);
	await rauni.seesWords(title);
	await aino.go(page);
	await aino.seesWords(title);
	await aino.unfold("partner.end");
	await aino.page.locator("#end-sure").check();
	await aino.press("partner.end");
	await aino.sees("partner.ended_flash");
	await rauni.go("/fi/me");
	await rauni.sees("home.me_no_role");
	await rauni.go(page, 404);
	return `${pages} pages from the letter to the booking`;
}

export default [
	["partner: somebody of theirs is invited and books a series, in their calendar it moves and ends",
		invitedBooksEnds, "main"],
];
