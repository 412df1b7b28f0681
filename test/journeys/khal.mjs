// A calendar as somebody has it on their own computer: khal, which subscribes to what it is given.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";

// What khal lists for a year from a day on, "2026-12-02 13:00 Melontailta, Laituri, Ranta" a line; "CANCELLED" stands
// before what is.
export function khalLists(world, calendar, from = "today") {
	const where = mkdtempSync(join(world.data, "khal-"));
	const own = Object.fromEntries(["HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"].map(
		(name) => [name, where]));
	const conf = join(where, "khal.conf");
	const file = join(where, "given.ics");
	const khal = (...words) => {
		const { status, stdout, stderr } = spawnSync("khal", ["-c", conf, ...words], {
			encoding: "utf8", env: { ...process.env, ...own, LC_ALL: "C.UTF-8", TZ: "Europe/Helsinki" },
			stdio: ["ignore", "pipe", "pipe"],
		});
		if (status !== 0)
			throw new Error(`khal ${words[0]}: ${stderr}`);
		return stdout;
	};

	mkdirSync(join(where, "all"));
	writeFileSync(file, calendar);
	writeFileSync(conf, `[calendars]
[[all]]
path = ${join(where, "all")}
[locale]
local_timezone = Europe/Helsinki
default_timezone = Europe/Helsinki
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = ${join(where, "khal.db")}
`);
	khal("import", "--batch", "-a", "all", file);
	const format = "{cancelled}{start-long} {title}, {location}";
	return khal("list", "--day-format", "", "--format", format, from, "365d")
		.split("\n").map((line) => line.trim()).filter(Boolean);
}
