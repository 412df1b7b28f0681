// Ways to use it: by keyboard alone; another language and appearance without JavaScript.
import { enter, skip, tabTo, tabToButton } from "./keyboard.mjs";
import { check, checkIs } from "./visitor.mjs";
import { coreItems, runningYear } from "./wheel.mjs";

async function byKeyboard(world) {
	const kerttu = await world.someone("Kerttu");
	const item = (await coreItems(kerttu))[5];
	const { page } = kerttu;

	// Past the header the next stop is within the page.
	await kerttu.go("/fi");
	await skip(kerttu);
	await page.keyboard.press("Tab");
	check(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)),
		"the skip link does not skip");

	await kerttu.go("/fi");
	await skip(kerttu);
	await tabTo(kerttu, "the campus", (at) => at.href === "/fi/ranta");
	await enter(kerttu);
	await skip(kerttu);
	await tabTo(kerttu, "the wheel", (at) => at.href === "/fi/ranta/wheel");
	await enter(kerttu);
	await skip(kerttu);
	await tabTo(kerttu, "the item", (at) => at.href?.endsWith(`/${item.id}`));
	await enter(kerttu);
	await skip(kerttu);
	if ((await page.locator("details#form").getAttribute("open")) === null) {
		await tabTo(kerttu, "the form", (at) => at.tag === "summary" && !at.name.includes(":"));
		await page.keyboard.press("Enter");
	}
	await tabTo(kerttu, "the states", (at) => at.tag === "input");
	const names = await page.locator("input[name=state]").evaluateAll(
		(all) => all.map((e) => e.labels[0].textContent.trim()));
	const wish = names.findIndex((name) => kerttu.say("wheel.state_our_way").test(name));
	for (let i = 0; i <= names.length; i++) {
		if ((await page.locator("input[name=state]").nth(wish).isChecked()))
			break;
		await page.keyboard.press(i === 0 ? "Space" : "ArrowDown");
	}
	check(await page.locator("input[name=state]").nth(wish).isChecked(), "the arrow keys do not choose a state");
	await tabTo(kerttu, "the words", (at) => at.tag === "textarea");
	await page.keyboard.press("ControlOrMeta+A");
	await page.keyboard.type("Näppäimistöllä kirjoitettu.");
	await tabToButton(kerttu, "wheel.save_answer");
	await enter(kerttu);
	await kerttu.sees("wheel.thanks_flash");
	await kerttu.seesWords("Näppäimistöllä kirjoitettu.");
}

async function switches(world) {
	const anyone = await world.visitor({ script: false, scheme: "light" });
	const year = await runningYear(anyone);
	const here = `/pohja/wheel/${year}?view=table&month=11`;
	const paper = () => anyone.page.evaluate(() =>
		Math.max(...getComputedStyle(document.documentElement).backgroundColor.match(/\d+/g)
			.slice(0, 3).map(Number)));

	// Another campus is two presses away, from a header of two lines at most.
	await anyone.go("/fi/pohja/wheel");
	checkIs(await anyone.page.locator(".places summary b").innerText(), "Pohja", "where one is");
	check((await anyone.page.locator("header").boundingBox()).height < 130, "the header is higher than two lines");
	await anyone.page.locator(".places summary").click();
	await anyone.load(() => anyone.page.locator(".places").getByRole("link", { name: "Ranta", exact: true })
		.click());
	checkIs(anyone.path, "/fi/ranta", "the page after another campus was chosen");
	checkIs(await anyone.page.locator(".nav [aria-current]").innerText(), "Tänään",
		"the front page in the navigation");

	await anyone.go(`/fi${here}`);
	await anyone.load(() => anyone.page.locator("footer a[lang=sv]").click());
	anyone.lang = "sv";
	checkIs(anyone.path, `/sv${here}`, "the Swedish page");
	checkIs(await anyone.page.locator("html").getAttribute("lang"), "sv", "the language of the page");
	await anyone.sees("wheel.lead_campus");

	check(await paper() > 200, "the page is not light at first");
	await anyone.press("page.theme_dark");
	checkIs(anyone.path, `/sv${here}`, "the page after the theme");
	check(await paper() < 80, "the page is not dark");
	await anyone.go("/sv/goals");
	check(await paper() < 80, "the next page is not dark");
	await anyone.press("page.theme_light");
	check(await paper() > 200, "the page is not light again");
	await anyone.press("page.theme_auto");
	await anyone.page.emulateMedia({ colorScheme: "dark" });
	check(await paper() < 80, "the page does not follow the device");

	// And the choice of a language is a link on every page.
	await anyone.load(() => anyone.page.locator("footer a[lang=en]").click());
	checkIs(await anyone.page.locator("html").getAttribute("lang"), "en", "the language of the page");
}

export default [
	["by keyboard from the front page to an answer", byKeyboard],
	["language and theme without JavaScript", switches],
];
