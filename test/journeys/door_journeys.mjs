// Spaces as one looks at them: by keyboard, on paper, and on the screen beside the door.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import jsQR from "jsqr";
import { toFreeDay } from "./space_journeys.mjs";
import { check, checkIs } from "./visitor.mjs";

const TABS_MOST = 12;
const spaces = { pohja: "kulma", ranta: "laituri", asema: "odotushuone", metsa: "stugan" };

// "2026-W48"
function weekOf(iso) {
	const day = new Date(`${iso}T12:00:00Z`);
	day.setUTCDate(day.getUTCDate() + 4 - (day.getUTCDay() || 7));
	const first = Date.UTC(day.getUTCFullYear(), 0, 1);
	return `${day.getUTCFullYear()}-W${String(Math.ceil(((day - first) / 86_400_000 + 1) / 7)).padStart(2, "0")}`;
}

// Presses Tab until the focus is on what the selector names.
async function tabTo(visitor, selector, counted) {
	do {
		await visitor.page.keyboard.press("Tab");
		check(++counted.tabs <= TABS_MOST,
			`it takes more than ${TABS_MOST} Tabs to ${selector} on ${visitor.path}`);
	} while (!await visitor.page.evaluate((s) => document.activeElement?.matches(s), selector));
}

const enter = (visitor) => visitor.load(() => visitor.page.keyboard.press("Enter"));

// Past the header, into the page.
async function skip(visitor, counted) {
	await tabTo(visitor, "a.skip", counted);
	await visitor.page.keyboard.press("Enter");
}

async function byKeyboard(world) {
	const mira = await world.someone("Mira");
	const counted = { tabs: 0 };
	const day = await toFreeDay(mira, "/fi/asema/space/odotushuone", { skip: 12 });

	await mira.go(`/fi/asema/space/odotushuone?week=${weekOf(day)}`);
	await skip(mira, counted);
	await tabTo(mira, "main a.button", counted);
	await enter(mira);
	await tabTo(mira, "[name=from]", counted);
	await tabTo(mira, "form[action$='/hold'] button", counted);
	await enter(mira);
	await skip(mira, counted);
	await tabTo(mira, "#booking-title", counted);
	await mira.page.keyboard.type("Näppäimistöllä");
	await enter(mira);
	await skip(mira, counted);
	await tabTo(mira, "form[action$='/send'] button", counted);
	await enter(mira);
	await mira.sees("space.sent");
	await mira.unfold("space.cancel");
	await mira.press("space.cancel");
	return `${counted.tabs} Tabs`;
}

async function printed(visitor) {
	const file = join(visitor.world.data, "space.pdf");
	writeFileSync(file, await visitor.page.pdf({ preferCSSPageSize: true, printBackground: true }));
	return execFileSync("pdftotext", ["-layout", file, "-"], { encoding: "utf8" });
}

const sheetsOf = async (visitor) => (await printed(visitor)).split("\f").length - 1;

// The poster on the door: one sheet, with nothing that one can press, and nothing that only whoever prints it may know.
async function onOneSheet(world) {
	const aino = await world.someone("Aino");
	let secrets = 0;

	for (const [campus, space] of Object.entries(spaces)) {
		const address = `/fi/${campus}/space/${space}`;
		const day = await toFreeDay(aino, address, { skip: 1 });

		await aino.go(`${address}?week=${weekOf(day)}`);
		checkIs(await sheetsOf(aino), 1, `the number of sheets of ${aino.path}`);
		const hidden = await aino.page.locator("table.week .not-on-paper a").allTextContents();
		const paper = await printed(aino);
		secrets += hidden.length;
		for (const title of hidden)
			check(!paper.includes(title), `${aino.path} prints “${title}”`);
		await aino.go(`${address}/poster`);
		checkIs(await sheetsOf(aino), 1, `the number of sheets of ${aino.path}`);
	}
	check(secrets > 0, "nothing in these weeks is for some only");
	await aino.go("/fi/space/week");
	checkIs(await sheetsOf(aino), 1, `the number of sheets of ${aino.path}`);
}

// What a telephone reads.
export async function readCode(visitor, locator) {
	const png = (await locator.screenshot()).toString("base64");
	const { data, width, height } = await visitor.page.evaluate(async (src) => {
		const bytes = Uint8Array.from(atob(src), (c) => c.charCodeAt(0));
		const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
		const canvas = new OffscreenCanvas(image.width, image.height).getContext("2d");
		canvas.drawImage(image, 0, 0);
		return { data: [...canvas.getImageData(0, 0, image.width, image.height).data], width: image.width,
			height: image.height };
	}, png);
	return jsQR(Uint8ClampedArray.from(data), width, height)?.data;
}

async function besideTheDoor(world) {
	const anyone = await world.visitor({ lang: "sv" });

	await anyone.go("/sv/metsa/door/stugan");
	const again = await anyone.page.request.get(`${world.base}/sv/metsa/door/stugan`);
	checkIs(again.headers().refresh, "60", "when the door asks again");
	checkIs(await readCode(anyone, anyone.page.locator("svg.qr")), `${world.base}/sv/metsa/space/stugan`,
		"what the code beside the door says");
	check(await anyone.page.locator("a, button, input").count() === 0, "there is something to press on the door");
	await anyone.go("/sv/metsa/space/stugan/poster");
	checkIs(await readCode(anyone, anyone.page.locator("svg.qr")), `${world.base}/sv/metsa/space/stugan`,
		"what the code of the poster says");
	const side = await anyone.page.locator("svg.qr").evaluate((e) => e.getBoundingClientRect().width / 96 * 2.54);
	check(side >= 3, `the code is ${side} cm wide`);
}

export default [
	["space: from its week to a booking by keyboard", byKeyboard, "main"],
	["space: its week is a poster for the door", onOneSheet],
	["space: the screen beside the door", besideTheDoor],
];
