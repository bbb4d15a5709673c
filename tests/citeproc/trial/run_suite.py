import re,sys,json,traceback
from pathlib import Path
sys.path.insert(0,'/tmp/csl/src2')
from llm4rs_bib import csl
from llm4rs_bib.csl import Processor, Style, read
from llm4rs_bib.csl.output import FORMATS
D=Path('/tmp/csl/src/citeproc-0.6.0.1/test/csl')
def load(p):
    t=p.read_text()
    return {m[1]:m[2].strip('\n') for m in re.finditer(r'(?s)>>=+ ([A-Z-]+) =+>>\n(.*?)<<=+ \1 =+<<',t)}
def entry(st,r):
    if not st.bibliography.options.get('second-field-align'): return r.text
    return f'\n    <div class="csl-left-margin">{r.label}</div><div class="csl-right-inline">{r.text}</div>\n  '
def run(f):
    items=json.loads(f['INPUT'])
    if 'BIBENTRIES' in f:
        last=json.loads(f['BIBENTRIES'])[-1]; by={str(i['id']):i for i in items}; items=[by[str(k)] for k in last]
    elif 'CITATION-ITEMS' in f:
        seen=[]; 
        for c in json.loads(f['CITATION-ITEMS']):
            for x in c:
                if x['id'] not in seen: seen.append(x['id'])
        by={str(i['id']):i for i in items}; items=[by[str(k)] for k in seen]+[i for i in items if i['id'] not in seen]
    elif 'CITATIONS' in f:
        seen=[]
        for c in json.loads(f['CITATIONS']):
            for x in c[0]['citationItems']:
                if x['id'] not in seen: seen.append(x['id'])
        by={str(i['id']):i for i in items}; items=[by[str(k)] for k in seen]+[i for i in items if i['id'] not in seen]
    root=read(f['CSL']); st=Style(root, root.get('default-locale','en-US'))
    b=Processor(st).bibliography(items, FORMATS['html'])
    return '<div class="csl-bib-body">\n'+''.join(f'  <div class="csl-entry">{entry(st,r)}</div>\n' for r in b.references if r.text or r.label)+'</div>'
if __name__=='__main__':
    ok=[];bad=[]
    for p in sorted(D.glob('*.txt')):
        f=load(p)
        if f.get('MODE','').strip()!='bibliography': continue
        if len(sys.argv)>1 and not any(a in p.stem for a in sys.argv[1:]): continue
        try: got=run(f)
        except Exception as e: got='EXC '+''.join(traceback.format_exc().splitlines()[-3:])
        want=f['RESULT'].strip()
        (ok if got.strip()==want else bad).append((p.stem,got,want))
    for n,g,w in bad:
        print('-----',n); 
        gl,wl=g.splitlines(),w.splitlines()
        if len(sys.argv)>1: print('GOT',g); print('WANT',w)
        else:
            for a,b in zip(gl+['']*9,wl+['']*0):
                if a!=b: print('  got ',a[:200]); print('  want',b[:200]); break
    print(len(ok),len(ok)+len(bad))
