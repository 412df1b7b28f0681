// Planning: a year from draft to publication, and a campus's own item.
import { check, checkIs } from "./visitor.mjs";
import { runningYear, today } from "./wheel.mjs";

async function plansAYear(world) {
	const aino = await world.someone("Aino");
	const title = "Syksyn avaus torilla";

	const next = Number(await runningYear(aino)) + 1;
	await aino.go("/fi/admin/wheel");
	await aino.press("wheel.begin_year");
	await aino.sees("wheel.year_begun_flash");
	await aino.sees("wheel.draft");

	// Nobody else sees a draft.
	const anyone = await world.visitor();
	await anyone.go(`/fi/wheel/${next}`, 404);

	await aino.go(`/fi/wheel/${next}`);
	const first = aino.page.locator("a.row-title").first();
	const was = await first.innerText();
	await aino.load(() => first.click());
	await aino.follow("wheel.edit");
	await aino.seesField("#item-title", was);

	// A week that the year does not have is refused in words, and what was typed stays.
	await aino.page.locator("#item-title").fill(title);
	await aino.page.getByRole("radio", { name: aino.say("wheel.timing_week") }).check();
	await aino.page.locator("input[name=week]").fill("54");
	await aino.press("wheel.save", { expected: 422 });
	check(/53/.test(await aino.page.locator("#item-week-problem").innerText()),
		"nothing says which weeks there are");
	await aino.seesField("#item-title", title);
	check(await aino.page.locator(".problems a[href='#item-week']").isVisible(), "no summary leads to the week");
	await aino.page.locator("input[name=week]").fill("35");
	await aino.press("wheel.save");
	await aino.sees("wheel.saved_flash");
	await aino.seesWords(/viikko 35/);

	await aino.go("/fi/admin/wheel");
	// What was copied may be looked through later; it says how much that is.
	await aino.press("wheel.publish_year");
	await aino.sees("wheel.review_published_flash");
	await anyone.go(`/fi/wheel/${next}`);
	await anyone.followTitle(title);
	await anyone.seesWords(/viikko 35/);
}

async function addsAnOwnItem(world) {
	const siv = await world.someone("Siv");
	const year = await runningYear(siv);
	const title = `Vedkväll vid stugan, ${world.look.width}`;

	await siv.go(`/sv/metsa/wheel/${year}`);
	await siv.follow("wheel.add_own_item");

	// Without a title it is refused, and the page says where.
	await siv.page.getByRole("radio", { name: siv.say("wheel.timing_dates") }).check();
	await siv.page.locator("input[name=starts]").fill(today());
	await siv.page.locator("input[name=ends]").fill(today());
	await siv.press("wheel.save", { expected: 422 });
	check(await siv.page.locator(".problems a[href='#item-title']").isVisible(), "no summary leads to the title");
	await siv.seesField("input[name=starts]", today());
	await siv.page.locator("form[action$='/new'] input[name=title_sv]").fill(title);
	await siv.press("wheel.save");
	await siv.sees("wheel.saved_flash");
	checkIs((await siv.page.locator("h1").innerText()).trim(), title, "the heading");

	// It is in the list of its campus and in no other.
	const anyone = await world.visitor({ lang: "sv" });
	await anyone.go(`/sv/metsa/wheel/${year}`);
	await anyone.followTitle(title);
	await anyone.go(`/sv/pohja/wheel/${year}`);
	await anyone.seesNot(title);
	// In another language it stands in its own, and says which that is.
	await anyone.go(`/fi/metsa/wheel/${year}`);
	checkIs(await anyone.page.locator("a.row-title", { hasText: title }).locator("[lang]").getAttribute("lang"),
		"sv",
		"the language of the title");
}

export default [
	["a coordinator plans a year", plansAYear, "main"],
	["a campus adds an item of its own", addsAnOwnItem],
];
