// Letters that come by themselves: what Monday's letter says is answered from the mail, and stopped in it; a notice
// goes from its writer to the front page, the hall and the letter.
import { linkIn } from "./letter.mjs";
import { say } from "./texts.mjs";
import { check, checkIs } from "./visitor.mjs";

// The demonstration begins with one; each kind of device reads it.
async function mondaysLetter(world) {
	world.monday ??= await world.letter(world.address("Ilmari"), say("fi", "letter.monday_subject"));
	return world.monday;
}

async function answerFromTheMail(world) {
	const letter = await mondaysLetter(world);
	const somebody = await world.visitor();
	const link = linkIn(letter.text, "/letter/done/");

	check(letter.text.split("\n").every((line) => line.trimEnd().length <= 76 || !line.trim().includes(" ")),
		`a line is too long: ${letter.text}`);
	checkIs(link.origin, world.base, "where the link leads");
	// A scanner opens the link before the person does, and answers nothing.
	for (let i = 0; i < 3; i++)
		checkIs((await fetch(link)).status, 200, `what a scanner gets, time ${i + 1}`);
	await somebody.go(link.pathname);
	if (await somebody.page.locator("main button").count()) {
		await somebody.seesWords(/Ilmari/);
		await somebody.press("letter.done");
		await somebody.sees("letter.thanks");
	}
	await somebody.sees("letter.press_answered");
	await somebody.follow("letter.see_item");
	await somebody.seesWords(/./, somebody.page.locator("main .state").first());
}

async function stopInTheMail(world) {
	const somebody = await world.visitor();

	await somebody.go(linkIn((await mondaysLetter(world)).text, "/letter/off/").pathname);
	await somebody.press("letter.off_press");
	await somebody.sees("letter.off_flash");
	const ilmari = await world.someone("Ilmari");
	await ilmari.go("/fi/me/letters");
	checkIs(await ilmari.page.locator("#letters-monday").isChecked(), false, "whether the letter still comes");
	await somebody.press("letter.off_undo");
	await somebody.sees("letter.on_flash");
}

async function noticeEverywhere(world) {
	const kerttu = await world.someone("Kerttu");
	const words = `Laituri on maalattu ${world.look.name}`;
	const day = new Intl.DateTimeFormat("fi-FI", { timeZone: "Europe/Helsinki" }).format(new Date());

	await kerttu.go("/fi/ranta/notices/new");
	await kerttu.page.locator("#notice-words").fill(`${words}\nÄlä nojaa kaiteeseen\nKolmas rivi`);
	await kerttu.page.locator("#notice-ends").fill(day);
	await kerttu.press("notice.save", { expected: 422 });
	await kerttu.sees("notice.too_many_lines");
	await kerttu.page.locator("#notice-words").fill(`${words}\nÄlä nojaa kaiteeseen`);
	await kerttu.press("notice.save");
	await kerttu.sees("notice.saved_flash");

	const anyone = await world.visitor();
	for (const place of ["/fi/ranta", "/sv/ranta", "/fi/ranta/screen"]) {
		await anyone.go(`${place}?look=${encodeURIComponent(world.look.name)}`);
		await anyone.seesWords(words);
	}
	await anyone.go("/fi/pohja");
	await anyone.seesNot(words);
	// What was ended by mistake is brought back; at the end of the journey it has ended.
	await kerttu.page.getByRole("button", { name: words }).click();
	await kerttu.sees("notice.ended_flash");
	await kerttu.unfold("notice.over");
	await kerttu.load(() => kerttu.page.getByRole("button", { name: words }).first().click());
	await kerttu.sees("notice.returned_flash");
	await kerttu.load(() => kerttu.page.getByRole("button", { name: words }).click());
	await kerttu.sees("notice.ended_flash");
}

// On a Friday for Monday and Tuesday: until then nobody reads it, and on Monday it is in the hall and in the letters of
// its campus.
async function noticeInTheLetter(world) {
	const words = "Laituri on suljettu maalauksen ajan";
	const monday = say("fi", "letter.monday_subject");

	await world.apart("2026-11-20", async (own) => {
		const kerttu = await own.someone("Kerttu");
		const anyone = await own.visitor();
		const places = ["/fi/ranta", "/fi/ranta/screen"];

		await kerttu.go("/fi/ranta/notices/new");
		await kerttu.page.locator("#notice-words").fill(`${words}\nKokoontumiset ovat aulassa`);
		await kerttu.page.locator("#notice-starts").fill("23.11.2026");
		await kerttu.page.locator("#notice-ends").fill("24.11.2026");
		await kerttu.press("notice.save");
		await kerttu.sees("notice.saved_flash");
		for (const place of places) {
			await anyone.go(place);
			await anyone.seesNot(words);
		}

		await own.comesTo("2026-11-23");
		for (const place of places) {
			await anyone.go(place);
			await anyone.seesWords(words);
		}
		const letter = await own.letter(own.address("Kerttu"), monday);
		check(letter.text.includes(words), `the letter of its campus says “${letter.text}”`);
		const other = await own.letter(own.address("Siv"), say("sv", "letter.monday_subject"));
		check(!other.text.includes(words), `the letter of another campus says “${other.text}”`);

		await own.comesTo("2026-11-25");
		for (const place of places) {
			await anyone.go(place);
			await anyone.seesNot(words);
		}
	});
}

async function outWithADeputy(world) {
	const reino = await world.someone("Reino");
	const day = new Intl.DateTimeFormat("fi-FI", { timeZone: "Europe/Helsinki" }).format(new Date());

	await reino.go("/fi/me");
	await reino.follow("people.settings");
	await reino.page.locator("#out-until").fill(day);
	await reino.page.locator("#out-deputy").selectOption({ label: "Aino Tuohimaa" });
	await reino.press("people.out_save");
	await reino.sees("people.out_saved");
	const aino = await world.someone("Aino");
	await aino.go("/fi/me");
	await aino.sees("people.stands_in", { name: "Reino Vaskikallio" });
	await reino.press("people.out_end");
	await reino.sees("people.out_ended");
	await aino.go("/fi/me");
	await aino.seesNot(aino.say("people.stands_in", { name: "Reino Vaskikallio" }));
}

export default [
	["Monday's letter is answered from the mail", answerFromTheMail, "main"],
	["a letter is stopped in the letter", stopInTheMail],
	["a notice reaches the front page and the hall", noticeEverywhere, "main"],
	["a notice waits for its day, and stands in Monday's letter", noticeInTheLetter],
	["somebody is out, and a deputy sees to it", outWithADeputy],
];
