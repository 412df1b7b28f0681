// The README's pictures, taken in each run from a fresh demonstration: build/pictures. They show the day of the run;
// `./dev pictures` puts them into doc/pictures.
import { execFileSync } from "node:child_process";
import { mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { World } from "./world.mjs";

const folder = join(import.meta.dirname, "../../build/pictures");
const KB = 1000;
const BUDGET = 150 * KB;
const pictures = [
	{ name: "wheel.png", path: "/en/pohja/wheel", height: 1180 },
	{ name: "side.png", path: "/en/wheel/campuses", height: 1450 },
];

export async function takePictures(binary, browser, wanted, report) {
	const chosen = pictures.filter(({ name }) => wanted(`picture ${name}`));
	if (chosen.length === 0)
		return;
	mkdirSync(folder, { recursive: true });
	const world = await World.start(binary, browser, { width: 1280, scheme: "light", script: true });
	for (const { name, path, height } of chosen) {
		const file = join(folder, name);
		let error;
		try {
			const anyone = await world.visitor({ lang: "en" });
			await anyone.page.setViewportSize({ width: 1280, height });
			await anyone.go(path);
			await anyone.page.screenshot({ path: file });
			execFileSync("pngquant", ["--force", "--strip", "--output", file, "256", file]);
			const size = statSync(file).size;
			error = size > BUDGET ? `${Math.ceil(size / KB)} kB of ${BUDGET / KB}` : anyone.troubles[0];
		} catch (e) {
			error = e;
		}
		report(`picture ${name}`, error);
	}
	await world.leave();
	await world.stop();
}
