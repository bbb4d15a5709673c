// A bibliography as citeproc-js renders it: node citeproc.mjs LOCALES_FOLDER STYLE.csl [LOCALE] < items.json > out.json
// citeproc is taken from tests/readers/node_modules, else from a folder named by NODE_PATH.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

console.log = console.error // citeproc-js logs its warnings there; standard output is for JSON

function locale (folder, tag) {
  const files = [tag, tag.split('-')[0], 'en-US'].map(name => join(folder, `locales-${name}.xml`))
  return readFileSync(files.find(existsSync), 'utf8')
}

function references (folder, style, forced) {
  const CSL = createRequire(new URL('../readers/', import.meta.url))('citeproc')
  const items = new Map(JSON.parse(readFileSync(0, 'utf8')).map(item => [String(item.id), item]))
  const system = { retrieveLocale: tag => locale(folder, tag), retrieveItem: id => items.get(String(id)) }
  const processor = new CSL.Engine(system, readFileSync(style, 'utf8'), forced, Boolean(forced))
  processor.setOutputFormat('html')
  processor.updateItems([...items.keys()])
  const bibliography = processor.makeBibliography()
  if (!bibliography) throw new Error('the style has no bibliography')
  const [{ entry_ids: ids }, entries] = bibliography
  return entries.map((html, index) => [ids[index][0], bare(html)])
}

function bare (html) {
  return html.trim().replace(/^<div class="csl-entry">/, '').replace(/<\/div>$/, '').trim()
}

let answer
try {
  answer = { references: references(...process.argv.slice(2)) }
} catch (error) {
  answer = { error: String(error?.message ?? error) } // citeproc-js throws strings too
  process.exitCode = 1
}
process.stdout.write(JSON.stringify(answer))
