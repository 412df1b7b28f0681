// Somebody who uses the keyboard alone. Wherever the focus comes, one must see that it is there.
import { check } from "./visitor.mjs";

const TABS_MOST = 200;

// What has the focus, whether one sees that it has, and where it stands.
export function focus(page) {
	return page.evaluate(() => {
		const e = document.activeElement;
		const style = getComputedStyle(e);
		const box = e.getBoundingClientRect();
		const middle = document.elementFromPoint(box.x + box.width / 2,
			box.y + Math.min(box.height / 2, innerHeight / 2));
		return {
			tag: e.localName,
			type: e.getAttribute("type"),
			id: e.id,
			name: (e.getAttribute("aria-label") ?? e.labels?.[0]?.textContent ?? e.textContent).trim(),
			href: e.getAttribute("href"),
			ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
			inWindow: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
			onTop: e === document.body || e.contains(middle) || (middle?.contains(e) ?? false),
		};
	});
}

export const isSeen = (at) => at.ring && at.inWindow && at.onTop;

// Presses Tab until what is looked for has the focus; each stop on the way must be seen.
export async function tabTo(visitor, what, isIt) {
	for (let i = 0; i < TABS_MOST; i++) {
		await visitor.page.keyboard.press("Tab");
		const at = await focus(visitor.page);
		check(at.tag !== "body", `Tab left ${visitor.path} before ${what}`);
		check(isSeen(at), `on ${visitor.path} the focus is not seen: ${JSON.stringify(at)}`);
		if (isIt(at))
			return at;
	}
	throw new Error(`${TABS_MOST} times Tab did not reach ${what} on ${visitor.path}`);
}

export const tabToButton = (visitor, key) =>
	tabTo(visitor, key, (at) => at.tag === "button" && visitor.say(key).test(at.name));

export const enter = (visitor, expected) => visitor.load(() => visitor.page.keyboard.press("Enter"), expected);

// The first stop of a page is the way past its header.
export async function skip(visitor) {
	const { page } = visitor;

	await page.keyboard.press("Tab");
	const at = await focus(page);
	check(visitor.say("page.skip").test(at.name), `the first stop is “${at.name}”`);
	check(isSeen(at), `the skip link is not seen: ${JSON.stringify(at)}`);
	await page.keyboard.press("Enter");
	await page.waitForURL(/#main$/);
}
