// A demonstration with a mail server of its own, and the people who visit it. Whatever is started here is
// stopped here, by its own handle.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { say } from "./texts.mjs";
import { Visitor } from "./visitor.mjs";

export const WAIT_MS = 10_000;

// Whoever waits for an answer in their mail reads past these.
const byThemselves = ["letter.monday_subject", "letter.year_subject"].flatMap((key) =>
	["fi", "sv", "en"].map((lang) => say(lang, key)));

const worlds = new Set();

export async function stopAll() {
	await Promise.all([...worlds].map((w) => w.stop()));
}

// Debian's Python, which has Debian's aiosmtpd and icalendar; another may stand before it in the path.
function pythonWithMail() {
	const found = spawnSync("which", ["-a", "python3"], { encoding: "utf8" }).stdout.split("\n").filter(Boolean);
	const python = found.find((p) => spawnSync(p, ["-c", "import aiosmtpd, icalendar"]).status === 0);
	if (!python)
		throw new Error("no python3 has aiosmtpd and icalendar of Debian");
	return python;
}

function ended(child) {
	if (child.exitCode !== null || child.signalCode !== null)
		return Promise.resolve();
	return new Promise((resolve) => child.once("exit", resolve));
}

export async function until(what, check) {
	const end = Date.now() + WAIT_MS;
	for (;;) {
		const found = check();
		if (found)
			return found;
		if (Date.now() > end)
			throw new Error(`waited ${WAIT_MS / 1000} s for ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 20));
	}
}

export class World {
	letters = [];
	people = new Map(); // name → {role, link, lang, state}
	log = [];
	visitors = new Set();
	looked = new Set(); // kinds of pages that axe has seen
	fallen = []; // how the server ended when that was not well

	// look: {width, scheme, script}; day: which it takes for today, if not the real one
	static async start(binary, browser, look, day) {
		const w = new World();
		worlds.add(w);
		Object.assign(w, { binary, browser, look });
		w.data = mkdtempSync(join(tmpdir(), "nuotio-journeys-"));
		await w.startMail();
		await w.startDemo(day);
		return w;
	}

	// A journey through time, in a world of its own that begins on a day.
	async apart(day, journey) {
		const own = await World.start(this.binary, this.browser, this.look, day);
		let troubles;
		own.looked = this.looked;
		try {
			await journey(own);
			troubles = [...own.visitors].flatMap((v) => v.troubles);
		} finally {
			await own.leave();
			await own.stop();
		}
		troubles.push(...own.troubles);
		if (own.reports > 0)
			troubles.push(`${own.reports} reports of the policy`);
		if (troubles.length)
			throw new Error(troubles[0]);
	}

	// On a later day the server starts again under its address, with what was written.
	async comesTo(day) {
		await this.endDemo();
		await this.startDemo(day);
	}

	async startMail() {
		this.mailbox = spawn(pythonWithMail(), [join(import.meta.dirname, "mailbox.py")],
			{ stdio: ["pipe", "pipe", "inherit"] });
		createInterface({ input: this.mailbox.stdout }).on("line", (line) => {
			if (this.mailPort)
				this.letters.push(JSON.parse(line));
			else
				this.mailPort = Number(line);
		});
		await until("the mail server", () => this.mailPort);
	}

	async startDemo(day) {
		const listen = this.base ? new URL(this.base).host : "127.0.0.1:0";

		this.base = undefined;
		this.demo = spawn(this.binary, ["demo", "--data", this.data, "--listen", listen, "--csp-reports",
			"--smtp", `smtp://127.0.0.1:${this.mailPort}`, "--mail-from",
			"Nuotio <nuotio@kolmijoki.example>", ...(day ? ["--day", day] : [])],
			{ stdio: ["ignore", "pipe", "pipe"] });
		this.demo.once("exit", (code, signal) => {
			if (code !== 0)
				this.fallen.push(`the server ended with ${code ?? signal}`);
		});
		createInterface({ input: this.demo.stderr }).on("line", (line) => this.log.push(line));
		createInterface({ input: this.demo.stdout }).on("line", (line) => {
			const [role, name, link] = line.split("\t");
			if (line.startsWith("http"))
				this.base = line;
			else if (link)
				this.people.set(name, { role, link, lang: new URL(link).pathname.slice(1, 3) });
		});
		await until("the demonstration", () => {
			if (this.demo.exitCode !== null)
				throw new Error(`the demonstration ended: ${this.log.join(" / ")}`);
			return this.base && this.people.size >= 10;
		});
	}

	// How many times a browser reported something to the address of the policy, by the server's log.
	get reports() {
		return this.log.filter((line) => / POST - 204 /.test(line)).length;
	}

	// What the log holds that no journey may cause, a sanitizer's words among it.
	get said() {
		return this.log.filter((line) =>
			/ (?:error|fatal) |\] [A-Z]+ \S+ 5\d\d | [A-Z]+ \S+ 5\d\d \d|Sanitizer|runtime error:/
				.test(line));
	}

	// The same and, after it stopped, how the server ended.
	get troubles() {
		return [...this.said, ...this.fallen];
	}

	async visitor(options = {}) {
		const { width, scheme, script } = { ...this.look, ...options };
		const context = await this.browser.newContext({
			baseURL: this.base,
			viewport: { width, height: width < 600 ? 844 : 900 },
			colorScheme: scheme,
			javaScriptEnabled: script,
			reducedMotion: "reduce",
			locale: "fi-FI",
			timezoneId: "Europe/Helsinki",
			storageState: options.state,
		});
		context.setDefaultTimeout(WAIT_MS);
		const visitor = new Visitor(this, context, await context.newPage(), options.lang ?? "fi", script);
		this.visitors.add(visitor);
		return visitor;
	}

	person(first) {
		const found = [...this.people].find(([name]) => name.startsWith(first));
		if (!found)
			throw new Error(`nobody is called ${first}`);
		return found[1];
	}

	// Somebody who is signed in, by the link that the demonstration printed or as left by an earlier journey.
	async someone(first, options = {}) {
		const person = this.person(first);
		const visitor = await this.visitor({ lang: person.lang, state: person.state, ...options });
		if (!person.state) {
			await visitor.go(new URL(person.link).pathname);
			await visitor.press("account.enter");
			await visitor.sees("account.welcome_flash");
			person.state = await visitor.context.storageState();
		}
		return visitor;
	}

	// After all sessions of a person have ended.
	async forget(first, visitor) {
		this.person(first).state = visitor ? await visitor.context.storageState() : undefined;
	}

	address(first) {
		return `${first.toLowerCase()}@nuotio.example`;
	}

	// The next letter to an address that no journey has read; those that come by themselves only when their subject
	// is asked for.
	async letter(to, subject) {
		const isIt = (letter) => letter.to.includes(to) && (subject ? subject.test(letter.subject)
			: !byThemselves.some((one) => one.test(letter.subject)));
		const letter = await until(`a letter to ${to}${subject ? ` with ${subject}` : ""}`,
			() => this.letters.find((l) => !l.read && isIt(l)));
		letter.read = true;
		return letter;
	}

	async leave() {
		await Promise.all([...this.visitors].map((v) => v.context.close()));
		this.visitors.clear();
	}

	async endDemo() {
		this.demo?.kill("SIGTERM");
		if (this.demo)
			await ended(this.demo);
	}

	async stop() {
		worlds.delete(this);
		await this.endDemo();
		if (this.mailbox) {
			this.mailbox.stdin.end();
			await ended(this.mailbox);
		}
		rmSync(this.data, { recursive: true, force: true });
	}
}
