/* Compares what the parser made of each string with its copy, and leaves the result as the page's title. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
const wrong = {}
const cases = document.querySelectorAll('body > div')
const names = 'P TEXTAREA PRE SELECT OPTION A A A SVG TEXT'

function check(place, is, wanted) {
	if (is === wanted) return
	wrong[place] = (wrong[place] || 0) + 1
	if (wrong[place] < 4) console.log(place, JSON.stringify(is), JSON.stringify(wanted))
}

for (const div of cases) {
	const bytes = Uint8Array.from(atob(div.dataset.is), c => c.charCodeAt(0))
	const raw = decoder.decode(bytes)
	const wanted = raw.replaceAll('\0', '\uFFFD')
	const [query, path, href] = div.querySelectorAll('a')
	const option = div.querySelector('option')
	const text = name => div.querySelector(name).textContent

	check('elements', [...div.querySelectorAll('*')].map(e => e.tagName.toUpperCase()).join(' '), names)
	check('attributes', [...div.querySelectorAll('*')].reduce((n, e) => n + e.attributes.length, 0), 6)
	check('text', text('p'), wanted)
	check('attribute', div.querySelector('p').title, wanted)
	check('attribute in apostrophes', div.querySelector('p').dataset.a, wanted)
	check('textarea', text('textarea'), wanted)
	check('pre', text('pre'), wanted)
	check('option', text('option'), wanted)
	check('option value', option.value, wanted)
	check('svg', text('svg text'), wanted)
	check('query', new URLSearchParams(new URL(query.href, 'http://h/').search).get('q'), raw)
	check('fragment', decodeURIComponent(new URL(path.href, 'http://h/').hash.slice(1)), raw)
	if (raw !== '.' && raw !== '..')
		check('path', decodeURIComponent(path.getAttribute('href').slice(3).split('/y#')[0]), raw)
	check('scheme', ['file:', 'http:', 'https:', 'mailto:', 'tel:', ':'].includes(href.protocol), true)
	if (href.getAttribute('href') !== '#') check('address', href.getAttribute('href'), wanted)
}
const places = Object.entries(wrong).map(([place, n]) => `${place}: ${n}`)
document.title = `compared ${cases.length}, wrong: ${places.join(', ') || 'none'}`
document.body.textContent = ''
