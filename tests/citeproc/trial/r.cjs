const CSL=require('./citeproc_commonjs.js'),fs=require('fs');
const [,,loc,style]=process.argv; const items=JSON.parse(fs.readFileSync(0,'utf8')); const by={}; items.forEach(i=>by[i.id]=i);
const sys={retrieveLocale:l=>{const p=`${loc}/locales-${l}.xml`;return fs.readFileSync(fs.existsSync(p)?p:`${loc}/locales-en-US.xml`,'utf8')},retrieveItem:i=>by[i]};
const e=new CSL.Engine(sys,fs.readFileSync(style,'utf8'),'en-US'); e.updateItems(items.map(i=>i.id)); const b=e.makeBibliography();
const ids=b[0].entry_ids.map(x=>x[0]); const out=b[1].map((x,k)=>[ids[k],x.replace(/^\s*<div class="csl-entry">/,'').replace(/<\/div>\s*$/,'').trim()]);
console.log(JSON.stringify(out));
