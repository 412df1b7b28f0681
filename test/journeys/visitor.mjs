// Somebody with a browser. Every page they come to is looked at: its status, what the console said, that nothing sticks
// out to the side, and each kind of page once by axe, which needs JavaScript.
import { findings } from "./axe.mjs";
import { part, say } from "./texts.mjs";

export class Visitor {
	troubles = [];
	walked = new Set(); // the paths of the pages that they came to
	status = 0;

	constructor(world, context, page, lang, script) {
		Object.assign(this, { world, context, page, lang, script });
		page.on("console", (message) => {
			// A refused form is answered with its page and 4xx, which the browser writes down as an error.
			const refusal = /^Failed to load resource.* status of (\d+)/.exec(message.text());
			if (refusal && message.location().url === page.url() && Number(refusal[1]) === this.expected)
				return;
			if (["error", "warning"].includes(message.type()))
				this.troubles.push(`the console says “${message.text()}” at ${page.url()}`);
		});
		page.on("pageerror", (error) => this.troubles.push(`${error.message} at ${page.url()}`));
		page.on("requestfailed", (request) => {
			// One that the next page cut short is no fault.
			if (!request.isNavigationRequest() && request.failure()?.errorText !== "net::ERR_ABORTED")
				this.troubles.push(`${request.url()} was not fetched: ${request.failure()?.errorText}`);
		});
		page.on("response", (response) => {
			if (response.request().isNavigationRequest())
				this.status = response.status();
			else if (response.status() >= 400)
				this.troubles.push(`${response.url()} gave ${response.status()}`);
		});
	}

	get path() {
		const url = new URL(this.page.url());
		return url.pathname + url.search + url.hash;
	}

	say(key, given) {
		return say(this.lang, key, given);
	}

	// --- going somewhere; `expected` is the status of a page that refuses ---

	async load(act, expected = 200) {
		this.expected = expected;
		await Promise.all([this.page.waitForEvent("load"), act()]);
		await this.look();
	}

	go(path, expected) {
		return this.load(() => this.page.goto(path), expected);
	}

	press(key, { given, within = this.page, expected } = {}) {
		return this.load(() => within.getByRole("button", { name: this.say(key, given) }).click(), expected);
	}

	follow(key, { given, within = this.page } = {}) {
		return this.load(() => within.getByRole("link", { name: this.say(key, given) }).first().click());
	}

	followTitle(title) {
		return this.load(() => this.page.locator("main").getByRole("link", { name: title, exact: true }).first()
			.click());
	}

	// What is folded is shown; it stays so if it is already.
	async unfold(key, { given } = {}) {
		const details = this.page.locator("details").filter({
			has: this.page.locator("summary").filter({ hasText: part(this.lang, key, given) }),
		}).first();
		if ((await details.getAttribute("open")) === null)
			await details.locator("summary").first().click();
		return details;
	}

	// --- looking ---

	async look() {
		if (this.status !== this.expected)
			throw new Error(`${this.path} gave ${this.status} and not ${this.expected}: ` +
				`${await this.alerts()}`);
		const { pathname } = new URL(this.page.url());
		this.walked.add(pathname);
		const kind = `${this.status} ${pathname.replace(/\d+/g, "0")}`;
		if (this.script && !this.world.looked.has(kind)) {
			this.world.looked.add(kind);
			for (const words of await findings(this.page))
				this.troubles.push(`axe at ${this.path}: ${words}`);
		}
		const wide = await this.page.evaluate(() => {
			const room = document.documentElement.clientWidth;
			if (document.scrollingElement.scrollWidth <= room)
				return "";
			const out = [...document.body.querySelectorAll("*")].find(
				(e) => e.getBoundingClientRect().right > room + 1);
			return `${document.scrollingElement.scrollWidth} px in ${room}: ` +
				`${out?.outerHTML.slice(0, 120)}`;
		});
		if (wide)
			this.troubles.push(`${this.path} is too wide: ${wide}`);
	}

	async alerts() {
		return (await this.page.locator("[role=alert], .flash, .problem").allInnerTexts()).join(" / ");
	}

	// A whole text of the product is there to read.
	async sees(key, given, within = this.page) {
		await this.seesWords(this.say(key, given), within);
	}

	async seesWords(words, within = this.page) {
		const found = within.getByText(words).filter({ visible: true }).first();
		await found.waitFor().catch(() => {
			throw new Error(`${this.path} does not show ${words}`);
		});
	}

	async seesNot(words, within = this.page) {
		if (await within.getByText(words).filter({ visible: true }).count())
			throw new Error(`${this.path} shows ${words}`);
	}

	async seesField(selector, value) {
		const is = await this.page.locator(selector).inputValue();
		if (is !== value)
			throw new Error(`${this.path}: ${selector} holds “${is}” and not “${value}”`);
	}

	// The words of the state that a part of the page shows.
	stateIn(within) {
		return within.locator(".state").first().innerText();
	}

	flash() {
		return this.page.locator(".flash").innerText();
	}
}

export function check(good, words) {
	if (!good)
		throw new Error(words);
}

export function checkIs(is, wanted, what) {
	if (is !== wanted)
		throw new Error(`${what} is “${is}” and not “${wanted}”`);
}
