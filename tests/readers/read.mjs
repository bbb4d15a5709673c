// What a reader makes of a .bib file, as JSON: node read.mjs READER FILE
import { readFileSync } from 'node:fs'

const readers = {
  async 'citation-js' (text) {
    const { Cite } = await import('@citation-js/core')
    await import('@citation-js/plugin-bibtex')
    return new Cite(text, { generateGraph: false }).data
  },
  async 'bibtex-tidy' (text) {
    const { default: { tidy } } = await import('bibtex-tidy')
    return tidy(text, { escape: false, curly: true, sortFields: true, align: false }).bibtex
  },
  async 'bibtex-parser' (text) {
    const { parse } = await import('@retorquere/bibtex-parser')
    return parse(text, { sentenceCase: false })
  },
  async 'bibtex-parser-default' (text) {
    const { parse } = await import('@retorquere/bibtex-parser')
    return parse(text)
  }
}

const [name, path] = process.argv.slice(2)
process.stdout.write(JSON.stringify(await readers[name](readFileSync(path, 'utf8'))))
