// Ways to use it: by keyboard alone; another language and appearance without JavaScript.
import { check, checkIs } from "./visitor.mjs";
import { coreItems, runningYear } from "./wheel.mjs";

const TABS_MAX = 200;

// What has the focus, whether one sees that it has, and where it stands.
function focus(page) {
	return page.evaluate(() => {
		const e = document.activeElement;
		const style = getComputedStyle(e);
		const box = e.getBoundingClientRect();
		const middle = document.elementFromPoint(box.x + box.width / 2,
			box.y + Math.min(box.height / 2, innerHeight / 2));
		return {
			tag: e.localName,
			name: (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim(),
			href: e.getAttribute("href"),
			ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
			inWindow: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
			onTop: e === document.body || e.contains(middle) || (middle?.contains(e) ?? false),
		};
	});
}

// Presses Tab until what is looked for has the focus; each stop on the way must be seen.
async function tabTo(visitor, what, isIt) {
	for (let i = 0; i < TABS_MAX; i++) {
		await visitor.page.keyboard.press("Tab");
		const at = await focus(visitor.page);
		check(at.tag !== "body", `Tab left ${visitor.path} before ${what}`);
		check(at.ring && at.inWindow && at.onTop,
			`the focus is not seen on ${at.tag} “${at.name}” of ${visitor.path}: ${JSON.stringify(at)}`);
		if (isIt(at))
			return at;
	}
	throw new Error(`${TABS_MAX} times Tab did not reach ${what} on ${visitor.path}`);
}

const enter = (visitor, expected) => visitor.load(() => visitor.page.keyboard.press("Enter"), expected);

async function byKeyboard(world) {
	const kerttu = await world.someone("Kerttu");
	const item = (await coreItems(kerttu))[5];
	const { page } = kerttu;

	// The first stop is the way past the header; past it the next stop is within the page.
	const skips = async () => {
		await page.keyboard.press("Tab");
		const at = await focus(page);
		check(kerttu.say("page.skip").test(at.name), `the first stop is “${at.name}”`);
		check(at.ring && at.inWindow && at.onTop, `the skip link is not seen: ${JSON.stringify(at)}`);
		await page.keyboard.press("Enter");
		await page.waitForURL(/#main$/);
	};
	await kerttu.go("/fi");
	await skips();
	await page.keyboard.press("Tab");
	check(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)),
		"the skip link does not skip");

	await kerttu.go("/fi");
	await skips();
	await tabTo(kerttu, "the campus", (at) => at.href === "/fi/ranta");
	await enter(kerttu);
	await skips();
	await tabTo(kerttu, "the wheel", (at) => at.href === "/fi/ranta/wheel");
	await enter(kerttu);
	await skips();
	await tabTo(kerttu, "the item", (at) => at.href?.endsWith(`/${item.id}`));
	await enter(kerttu);
	await skips();
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
	await tabTo(kerttu, "the button", (at) => at.tag === "button" && kerttu.say("wheel.save_answer").test(at.name));
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
