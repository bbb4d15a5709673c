// Bibliographies as citeproc-js renders them: node citeproc.mjs LOCALES_FOLDER < job.json > answers.jsonl
// A job has `styles` (paths) and `lists` (of items); each line answers one list in one style:
// {style, list, references: [[id, html], …]}, or {style, list, error}.
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const CSL = createRequire(new URL('../readers/', import.meta.url))('citeproc')
CSL.debug = () => {} // it logs warnings to standard output, which is for JSON
console.log = console.error

const texts = new Map()

function read (path) {
  if (!texts.has(path)) texts.set(path, readFileSync(path, 'utf8'))
  return texts.get(path)
}

function locale (folder, tag) {
  const files = [tag, tag.split('-')[0], 'en-US'].map(name => join(folder, `locales-${name}.xml`))
  return read(files.find(existsSync))
}

function references (folder, style, list) {
  const items = new Map(list.map(item => [String(item.id), item]))
  const htmls = new Map() // it leaves out empty entries, but not their ids: each entry is marked with its own
  const system = {
    retrieveLocale: tag => locale(folder, tag),
    retrieveItem: id => ({ ...structuredClone(items.get(String(id))), system_id: id }),
    embedBibliographyEntry: id => `<!--${id}-->`
  }
  const processor = new CSL.Engine(system, readFileSync(style, 'utf8'))
  processor.setOutputFormat('html')
  processor.updateItems([...items.keys()])
  const bibliography = processor.makeBibliography()
  if (!bibliography) throw new Error('the style has no bibliography')
  const [{ entry_ids: ids }, entries] = bibliography
  for (const entry of entries) {
    const [, html, id] = /^(.*)<!--(.*)-->\s*$/s.exec(entry)
    htmls.set(id, html)
  }
  return ids.map(([id]) => [String(id), htmls.get(String(id)) ?? ''])
}

function answer (folder, style, list) {
  try {
    return { references: references(folder, style, list) }
  } catch (error) {
    return { error: String(error?.message ?? error) } // it throws strings too
  }
}

const [, , folder] = process.argv
const { styles, lists } = JSON.parse(readFileSync(0, 'utf8'))
for (const style of styles) {
  lists.forEach((list, number) => {
    process.stdout.write(JSON.stringify({ style, list: number, ...answer(folder, style, list) }) + '\n')
  })
}
