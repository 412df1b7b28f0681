// node build.mjs OUT: style sheet, icon and notice, named by their content, precompressed, and as C.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
const style_max = 12_000; // bytes as brotli: what a first view on a slow phone can bear

if (!out) {
	console.error("usage: node build.mjs OUT");
	process.exit(2);
}

async function style() {
	const built = await build({
		absWorkingDir: here,
		entryPoints: ["css/ui.css"],
		bundle: true,
		minify: true,
		write: false,
		legalComments: "inline",
		target: ["chrome105", "firefox110", "safari15.6"],
		logLevel: "warning",
	});
	if (built.warnings.length) process.exit(1);
	return Buffer.from(built.outputFiles[0].contents);
}

function brotli(bytes) {
	return brotliCompressSync(bytes, {
		params: {
			[constants.BROTLI_PARAM_QUALITY]: 11,
			[constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
			[constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
		},
	});
}

function gzip(bytes) {
	const packed = gzipSync(bytes, { level: 9 });
	packed[9] = 255; // the system it was packed on: unknown, so that all systems write the same
	return packed;
}

function literal(bytes) {
	const lines = [];
	for (let i = 0; i < bytes.length; i += 64) {
		let line = "";
		for (const b of bytes.subarray(i, i + 64)) {
			const plain = b >= 32 && b < 127 && !'"?\\'.includes(String.fromCharCode(b));
			line += plain ? String.fromCharCode(b) : "\\" + b.toString(8).padStart(3, "0");
		}
		lines.push(`\t"${line}"`);
	}
	return lines.join("\n");
}

const licence = join(here, "node_modules/@digdir/designsystemet-css/LICENSE");
const files = [
	{ name: "UI_CSS", stem: "ui", ending: "css", type: "text/css; charset=utf-8", plain: await style() },
	{ name: "ICON", stem: "icon", ending: "svg", type: "image/svg+xml", plain: readFileSync(join(here, "icon.svg")) },
	{ name: "NOTICE", stem: "notice", ending: "txt", type: "text/plain; charset=utf-8", plain: readFileSync(licence) },
];

mkdirSync(out, { recursive: true });
for (const old of readdirSync(out))
	if (/^(ui|icon|notice)\.[0-9a-f]+\./.test(old)) rmSync(join(out, old));

let bytes = '/* Made by asset/build.mjs. */\n#include "core/http/assets.h"\n';
let list = "\nconst struct asset assets[] = {\n";
let names = "/* Made by asset/build.mjs. */\n#ifndef ASSETS_GEN_H\n#define ASSETS_GEN_H\n\n";
for (const { name, stem, ending, type, plain } of files) {
	const hash = createHash("sha256").update(plain).digest("hex").slice(0, 10);
	const file = `${stem}.${hash}.${ending}`;
	const forms = { plain, br: brotli(plain), gz: gzip(plain) };

	list += `\t{\n\t\t.path = "/a/${file}",\n\t\t.type = "${type}",\n\t\t.etag = "\\"${hash}\\"",\n`;
	for (const [form, content] of Object.entries(forms)) {
		writeFileSync(join(out, form === "plain" ? file : `${file}.${form}`), content);
		bytes += `\nstatic const char ${stem}_${form}[] =\n${literal(content)};\n`;
		list += `\t\t.${form} = {${stem}_${form}, sizeof(${stem}_${form}) - 1},\n`;
	}
	list += "\t},\n";
	names += `#define ASSET_${name} "/a/${file}"\n`;
	console.error(`${file}: ${plain.length} bytes, gzip ${forms.gz.length}, brotli ${forms.br.length}`);
	if (stem === "ui" && forms.br.length > style_max) {
		console.error(`the style sheet is over ${style_max} bytes`);
		process.exitCode = 1;
	}
}
writeFileSync(join(out, "assets.gen.c"), `${bytes}${list}};\n\nconst size_t assets_count = sizeof(assets) / sizeof(*assets);\n`);
writeFileSync(join(out, "assets.gen.h"), `${names}\n#endif\n`);
