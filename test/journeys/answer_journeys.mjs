// Answering: two campuses side by side, one press from one's tasks, two people at once, thanks.
import { check, checkIs } from "./visitor.mjs";
import { addOwnItem, answer, coreItems, fillAnswer, itemPage, runningYear, sideCell } from "./wheel.mjs";

async function markSideBySide(world) {
	const ilmari = await world.someone("Ilmari");
	const kerttu = await world.someone("Kerttu");
	const [one, two] = await coreItems(ilmari);

	await answer(ilmari, "pohja", one.id, { state: "done", words: "Kaikki ryhmät korjaamolla." });

	// Another way needs words: without them the form comes back and says so.
	await itemPage(ilmari, "pohja", two.id);
	await fillAnswer(ilmari, { state: "our_way", words: "" });
	await ilmari.press("wheel.save_answer", { expected: 422 });
	await ilmari.sees("wheel.words_missing", {}, ilmari.page.locator(".problem"));
	check(await ilmari.page.locator("details#form").getAttribute("open") !== null, "the refused form is folded");
	await ilmari.page.locator("details#form textarea").fill("Kahvit koneiden äärellä.");
	await ilmari.press("wheel.save_answer");
	await ilmari.sees("wheel.thanks_flash");

	// So does “not here” a reason.
	await itemPage(kerttu, "ranta", one.id);
	await fillAnswer(kerttu, { state: "not_here", words: "Työssäoppimisjakso vei viikon." });
	await kerttu.press("wheel.save_answer", { expected: 422 });
	await kerttu.sees("wheel.reason_missing", {}, kerttu.page.locator(".problem"));
	await kerttu.page.getByRole("radio", { name: kerttu.say("wheel.reason_did_not_happen") }).check();
	await kerttu.press("wheel.save_answer");
	await kerttu.sees("wheel.thanks_flash");
	await answer(kerttu, "ranta", two.id, { state: "done", words: "" });

	const anyone = await world.visitor();
	await anyone.go(`/fi/wheel/${await runningYear(anyone)}/campuses`);
	const cell = async (item, campus, key, words) => {
		const at = await sideCell(anyone, item.title, campus);
		await anyone.sees(key, {}, at);
		if (words)
			await anyone.seesWords(words, at);
	};
	await cell(one, "Pohja", "wheel.sight_done", "Kaikki ryhmät korjaamolla.");
	await cell(one, "Ranta", "wheel.sight_did_not_happen", "Työssäoppimisjakso vei viikon.");
	await cell(two, "Pohja", "wheel.sight_our_way", "Kahvit koneiden äärellä.");
	await cell(two, "Ranta", "wheel.sight_done");
	await anyone.seesNot(/Ilmari|Kerttu/, anyone.page.locator("table.side").first());

	// A cell leads to how it was done, and there the others stand.
	await anyone.load(async () => (await sideCell(anyone, two.title, "Pohja")).locator("a.state").click());
	await anyone.seesWords("Kahvit koneiden äärellä.");
	await anyone.sees("wheel.how_others");
}

async function onePress(world) {
	const ilmari = await world.someone("Ilmari");
	const title = `Korjaamon aamukahvit, ${world.look.width}`;

	await addOwnItem(ilmari, "pohja", title, "ryhmänohjaajat");
	await ilmari.go("/fi/me/tasks");
	const task = ilmari.page.locator("li.task",
		{ has: ilmari.page.getByRole("heading", { name: title, exact: true }) });
	const id = await task.getAttribute("id");

	// Back at that item: in the window, with the focus; there it says what happened, and has its new state and the
	// way back beside it.
	const staysAt = async (state, said) => {
		check(ilmari.path.endsWith(`/me/tasks?at=${id}#${id}`), `the page came back to ${ilmari.path}`);
		checkIs(await ilmari.page.evaluate(() => document.activeElement.id), id, "what has the focus");
		const height = ilmari.page.viewportSize().height;
		const status = task.getByRole("status");
		for (const [what, part] of [["item", task], ["status", status],
			["button", task.getByRole("button").first()]]) {
			const box = await part.boundingBox();
			check(box.y >= 0 && box.y + Math.min(box.height, height / 2) <= height,
				`the ${what} stands at ${box.y} px of ${height}`);
		}
		await ilmari.sees(said, {}, status);
		checkIs(await ilmari.page.getByRole("status").count(), 1, "how many times it is said");
		await ilmari.sees(state, {}, task);
	};
	await ilmari.press("wheel.mark_done_of", { within: task });
	await staysAt("wheel.sight_done", "wheel.marked_flash");
	await ilmari.press("wheel.undo_of", { within: task });
	await staysAt("wheel.sight_no_answer", "wheel.undone_flash");
	check(await task.getByRole("button", { name: ilmari.say("wheel.mark_done_of") }).isVisible(),
		"it cannot be marked again");
}

async function twoAtOnce(world) {
	const ilmari = await world.someone("Ilmari");
	const aino = await world.someone("Aino");
	const item = (await coreItems(ilmari))[2];

	await itemPage(ilmari, "pohja", item.id);
	await itemPage(aino, "pohja", item.id);
	await fillAnswer(ilmari, { state: "done", words: "Ilmarin sanat." });
	await fillAnswer(aino, { state: "our_way", words: "Ainon sanat." });
	await ilmari.press("wheel.save_answer");
	await ilmari.sees("wheel.thanks_flash");
	await aino.press("wheel.save_answer", { expected: 409 });
	await aino.sees("wheel.answered_since");
	await aino.seesWords("Ilmarin sanat.");
	await aino.seesField("details#form textarea", "Ainon sanat.");
	check(await aino.page.locator("details#form textarea").isVisible(),
		"the form with the unsaved words is folded");

	// Nothing was overwritten; the second person decides.
	await ilmari.go(ilmari.path.split("#")[0]);
	await ilmari.seesNot("Ainon sanat.");
	await aino.press("wheel.save_answer");
	await aino.sees("wheel.thanks_flash");
	await aino.seesWords("Ainon sanat.");
	await aino.unfold("wheel.earlier");
	await aino.seesWords(/Ilmarin sanat\./);
}

async function thanks(world) {
	const ilmari = await world.someone("Ilmari");
	const siv = await world.someone("Siv");
	const item = (await coreItems(ilmari))[3];

	await answer(ilmari, "pohja", item.id, { state: "done", words: "Makkarat paistettiin hallin pihalla." });
	await itemPage(siv, "metsa", item.id);
	const block = siv.page.locator("#muut li",
		{ has: siv.page.getByRole("heading", { name: "Pohja", exact: true }) });
	await siv.seesWords("Makkarat paistettiin hallin pihalla.", block);
	const count = async () => Number(/^(\d+)/m.exec(
		(await block.getByText(siv.say("wheel.thanks_count")).allInnerTexts()).join())?.[1] ?? 0);
	const before = await count();
	await siv.press("wheel.thank", { within: block });
	await siv.sees("wheel.thanked_flash");
	checkIs(await count(), before + 1, "the number of thanks");
	await ilmari.go(ilmari.path.split("#")[0]);
	await ilmari.seesWords(ilmari.say("wheel.thanks_count", { n: before + 1 }));
	check(await ilmari.page.locator("#vastaus").getByRole("button", { name: ilmari.say("wheel.thank") })
		.count() === 0,
		"one can thank oneself");
	await siv.press("wheel.thank_take_back", { within: block });
	await siv.sees("wheel.thank_gone_flash");
	checkIs(await count(), before, "the number of thanks");
}

export default [
	["two campuses mark states, read side by side", markSideBySide, "main"],
	["one press from my tasks, and undo", onePress, "main"],
	["two people answer at once", twoAtOnce],
	["kiitos to another campus", thanks],
];
