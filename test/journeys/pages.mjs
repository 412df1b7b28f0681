// Every golden page (test/pages/*.html): valid, without a finding of axe in light and in dark, not wider than a phone,
// and light enough, in few requests, to come over a bad connection.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { findings } from "./axe.mjs";

const pages = join(import.meta.dirname, "../pages");
const assets = join(import.meta.dirname, "../../build/gen/asset/assets.gen.c");

// Front pages, the wheel and booking are what people open on the bus: 20 kB in 3 requests; anything else 32 kB in 5.
// The same as in test/load/bench.py.
const PHONE = { width: 390, height: 844 };
const KB = 1000;
const SMALL = { bytes: 20 * KB, requests: 3 };
const ANY = { bytes: 32 * KB, requests: 5 };
const world = JSON.parse(readFileSync(join(import.meta.dirname, "../../src/app/admin/world.json"), "utf8"));
const campuses = world.campuses.map((campus) => campus.slug).join("|");
const small = new RegExp(`^(?:[a-z]+_(?:fi|sv|en)(?:_(?:${campuses}|goals))?` +
	`(?:_wheel_\\d+(?:_(?:view|month|ring)_\\w+)?)?` +
	`|anyone_.*_wheel_\\d+__.*|.*_spaces.*|.*_space_\\w+_(?:book_day_.*|draft_.*))\\.html$`);
const budgetOf = (name) => small.test(name) ? SMALL : ANY;

// What the build embedded: path, and the bytes as C wrote them.
function readAssets() {
	const source = readFileSync(assets, "utf8");
	const bytesOf = (literals) => Buffer.from(
		[...literals.matchAll(/\\([0-7]{3})/g)].map((m) => parseInt(m[1], 8)));
	return [...source.matchAll(/\{"(\/a\/(\w+)\.[^"]+)", "([^"]+)", "[^\n]*\n\t\t\{([^}]*)\},\n\t\t\{([^}]*)\}/g)]
		.map(([, , stem, type, plain, packed]) =>
			({ stem, type, bytes: bytesOf(plain), packed: bytesOf(packed).length }));
}

function goldens() {
	return readdirSync(pages).filter((name) => name.endsWith(".html")).map((name) => {
		const [first, ...rest] = readFileSync(join(pages, name), "utf8").split("\n");
		return { name, status: Number(/\d+/.exec(first)[0]), html: rest.join("\n") };
	}).filter((page) => page.status < 300 || page.status >= 400);
}

// Our own way of writing: the serializer leaves out what the parser adds, and attributes as they are shortest.
const rules = {
	extends: ["html-validate:recommended", "html-validate:a11y"],
	rules: {
		"attribute-boolean-style": "off",
		"form-dup-name": ["error", { shared: ["radio", "checkbox", "submit", "button"] }],
		"no-implicit-button-type": "off", // a button of ours sends its form
		"doctype-style": "off",
		"long-title": "off",
		"no-inline-style": "error",
		"no-trailing-whitespace": "off",
		"require-sri": "off",
		"tel-non-breaking": "off",
		"void-style": "off",
	},
};

// In mail there is no other place for styles than the element.
const inLetter = new HtmlValidate({ ...rules, rules: { ...rules.rules, "no-inline-style": "off" } });
const letter = /_admin_letters_\w+-\d+\.html$/;

async function checkValid(page, validate, report) {
	const result = await (letter.test(page.name) ? inLetter : validate).validateString(page.html, page.name);
	const message = result.results[0]?.messages[0];
	report(`${page.name} is valid HTML`,
		message && `${message.line}:${message.column} ${message.ruleId}: ${message.message}`);
}

function checkWeight(page, files, report) {
	const packed = brotliCompressSync(page.html, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
	const weight = files.reduce((sum, file) => sum + file.packed, packed);
	const { bytes } = budgetOf(page.name);
	report(`${page.name} weighs at most ${bytes / KB} kB`,
		weight > bytes && `${(weight / KB).toFixed(1)} kB of ${bytes / KB}`);
}

// What the first view asks for, the page among it. Headless browsers fetch no icon.
async function checkRequests(browserPage, page, asked, report) {
	const icons = await browserPage.locator("link[rel~=icon]").evaluateAll(
		(all) => all.map((e) => e.pathname ?? e.href));
	const all = new Set([...asked, ...icons.map((icon) => new URL(icon, "http://golden.invalid").pathname)]);
	const { requests } = budgetOf(page.name);
	report(`${page.name} comes in at most ${requests} requests`,
		all.size > requests && `${all.size}: ${[...all].join(" ")}`);
}

async function checkAxe(browserPage, page, scheme, report, look = "") {
	await browserPage.emulateMedia({ colorScheme: scheme });
	await browserPage.goto(`http://golden.invalid/${page.name}`);
	const found = await findings(browserPage);
	report(`${page.name} has no finding of axe, ${scheme}${look}`, found[0]);
}

export async function checkPages(browser, wanted, report) {
	const files = readAssets();
	const validate = new HtmlValidate(rules);
	// A colour on its way to another is no finding.
	const context = await browser.newContext({ viewport: PHONE, reducedMotion: "reduce" });
	const list = goldens().filter((page) => wanted(page.name));
	const asked = new Set();

	await context.route("**/*", (route) => {
		const path = new URL(route.request().url()).pathname;
		asked.add(path);
		const file = files.find((f) => path.startsWith(`/a/${f.stem}.`));
		const page = list.find((p) => path === `/${p.name}`);
		if (file)
			return route.fulfill({ contentType: file.type, body: file.bytes });
		return page ? route.fulfill({ contentType: "text/html; charset=utf-8", body: page.html })
			: route.abort();
	});
	const browserPage = await context.newPage();
	for (const page of list) {
		await checkValid(page, validate, report);
		checkWeight(page, files, report);
		asked.clear();
		for (const scheme of ["light", "dark"])
			await checkAxe(browserPage, page, scheme, report);
		// A table of time is seen on wider screens only.
		if (/<table class="grid/.test(page.html)) {
			await browserPage.setViewportSize({ width: 1280, height: 900 });
			await checkAxe(browserPage, page, "dark", report, ", wide");
			await browserPage.setViewportSize(PHONE);
		}
		await checkRequests(browserPage, page, asked, report);
		const wide = await browserPage.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
		report(`${page.name} fits a phone`, wide > 0 && `${wide} px too wide`);
	}
	await context.close();
}
