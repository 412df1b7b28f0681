// That the watchers of the journeys see what they watch for: each is shown one of the troubles that no journey may
// have.
import { readFileSync } from "node:fs";
import { check } from "./visitor.mjs";
import { until, World } from "./world.mjs";

const everybody = { width: 390, scheme: "light", script: true };

// One that sees the trouble that an act makes on the front page.
async function seen(world, act, words) {
	const visitor = await world.visitor();
	await visitor.go("/fi");
	check(visitor.troubles.length === 0, `trouble before there was any: ${visitor.troubles[0]}`);
	await act(visitor);
	await until(`trouble with “${words}”`, () => visitor.troubles.some((trouble) => words.test(trouble)));
}

const onPage = (script) => (visitor) => visitor.page.evaluate(script);

async function policy(world) {
	await seen(world, onPage(() => { document.createElement("img").src = "https://elsewhere.invalid/a.png"; }),
		/Content Security Policy/);
	await until("the browser's report", () => world.reports > 0);
}

async function childOf(pid) {
	const children = () => readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").trim();
	return Number(await until("the serving process", children));
}

// The parent starts it again; that it ended stays in the log.
async function fallenServer(world) {
	process.kill(await childOf(world.demo.pid), "SIGABRT");
	await until("word of it in the log", () => world.said.length > 0);
}

export const controls = [
	["what the policy stops is seen", policy],
	["an error in the console is seen", (w) => seen(w, onPage(() => console.error("a broken thing")),
		/a broken thing/)],
	["an error of a script is seen", (w) => seen(w,
		onPage(() => { setTimeout(() => { throw new Error("a broken script"); }); }),
		/a broken script/)],
	["a page that is too wide is seen", (w) => seen(w, async (visitor) => {
		await visitor.page.evaluate(() => { document.querySelector("main").style.width = "900px"; });
		await visitor.look();
	}, /too wide/)],
	["a missing file is seen", (w) => seen(w, onPage(() => fetch("/a/nothing.css")), /nothing\.css gave 404/)],
	["a server that falls is seen", fallenServer],
];

// In a world of their own, whose troubles count for nothing.
export async function control(binary, browser, wanted, report) {
	const chosen = controls.filter(([name]) => wanted(name));
	if (chosen.length === 0)
		return;
	const world = await World.start(binary, browser, everybody);
	for (const [name, run] of chosen)
		report(name, await run(world).then(() => undefined, (error) => error));
	await world.leave();
	await world.stop();
}
