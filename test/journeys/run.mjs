// run.mjs BINARY [word…]: all journeys on three kinds of device, the main ones on three more, then all pages; one line
// each, then the sum.
import { chromium } from "playwright-core";
import { control } from "./control.mjs";
import { checkPages } from "./pages.mjs";
import { journeys } from "./journeys.mjs";
import { takePictures } from "./pictures.mjs";
import { stopAll, World } from "./world.mjs";

const [binary, ...words] = process.argv.slice(2);
const looks = [
	{ name: "phone", width: 390, scheme: "light", script: true },
	{ name: "desk, dark", width: 1280, scheme: "dark", script: true },
	{ name: "phone, no JavaScript", width: 390, scheme: "light", script: false },
	{ name: "phone, dark", width: 390, scheme: "dark", script: true, main: true },
	{ name: "desk", width: 1280, scheme: "light", script: true, main: true },
	{ name: "desk, no JavaScript", width: 1280, scheme: "light", script: false, main: true },
];

let passed = 0;
let failed = 0;
let browser;

// A journey may tell a figure that it has counted.
function report(name, error, figure) {
	if (error) {
		failed++;
		console.log(`FAILED ${name}: ${String(error.message ?? error).replace(/\s*\n\s*/g, " / ")}`);
	} else {
		passed++;
		console.log(`ok ${name}${figure ? `: ${figure}` : ""}`);
	}
}

const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));

// Between journeys everybody closes their browser; what they wrote stays, as in life.
async function travel(look) {
	const chosen = journeys.filter(([name, , main]) => (!look.main || main) && wanted(`${name} (${look.name})`));
	if (chosen.length === 0)
		return;
	const world = await World.start(binary, browser, look);
	for (const [name, journey] of chosen) {
		let error, figure;
		try {
			figure = await journey(world);
		} catch (e) {
			error = e;
		}
		const troubles = [...world.visitors].flatMap((v) => v.troubles);
		await world.leave();
		report(`${name} (${look.name})`, error ?? troubles[0], figure);
	}
	await world.stop();
	report(`the server answered everything (${look.name})`, world.troubles[0]);
	report(`nothing broke the content security policy (${look.name})`,
		world.reports > 0 ? `${world.reports} reports` : undefined);
}

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
	process.on(signal, async () => {
		await Promise.allSettled([stopAll(), browser?.close()]);
		process.exit(1);
	});

try {
	// The same engine as Debian's chromium in half of the time: no windows stand around it.
	browser = await chromium.launch({
		executablePath: "/usr/bin/chromium-headless-shell",
		args: ["--no-sandbox"],
		handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false,
	});
	// Two at a time: a machine with two cores is busy and no one waits.
	const lanes = [...looks.map((look) => () => travel(look)), () => checkPages(browser, wanted, report),
		() => takePictures(binary, browser, wanted, report),
		() => control(binary, browser, wanted, report)];
	const lane = async () => {
		for (let next; (next = lanes.shift());)
			await next();
	};
	await Promise.all([lane(), lane()]);
} catch (error) {
	report("the run", error);
} finally {
	await Promise.allSettled([stopAll(), browser?.close()]);
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed ? 1 : 0;
