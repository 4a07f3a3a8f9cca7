(function(){
"use strict";
var D=document,g=function(i){return D.getElementById(i)},data=JSON.parse(g("data").textContent),T=data.words;
function el(tag,text,cls){var e=D.createElement(tag);if(text!==undefined)e.textContent=text;if(cls)e.className=cls;return e}
function option(select,value,text){var o=el("option",text);o.value=value;select.append(o)}
function clock(m){return String(Math.floor(m/60)).padStart(2,"0")+":"+String(m%60).padStart(2,"0")}
function name(c){return data.courses[c]?data.courses[c].name:c}
function number(x){return String(Math.round(x*10)/10).replace(".",T.point)}
function sign(c){
var s=D.createElementNS("http://www.w3.org/2000/svg","svg"),p=D.createElementNS("http://www.w3.org/2000/svg","path");
s.setAttribute("viewBox","0 0 24 24");s.setAttribute("aria-hidden","true");
p.setAttribute("d",data.pictures[data.courses[c].picture]);s.append(p);return s
}
function short(c){return data.courses[c]?data.courses[c].short:c}
var names={};
Object.keys(data.views).forEach(function(v){data.views[v].forEach(function(p){names[p.id]=p.name})});
data.weeks.forEach(function(w,n){option(g("week"),n,w.title+(w.changes.length?" *":""))});
data.teams.forEach(function(t){option(g("team"),t,t)});
g("teams").hidden=data.teams.length<2;
g("changed").hidden=!data.changed;
function block(day,start,end,zoom){
var b=el("div",undefined,"b"),all=data.end-data.start;
b.style.insetInlineStart=100*(start-data.start)/all+"%";
b.style.width=Math.max(100*(end-start)/all,1.5)+"%";
return b
}
function attends(view,s,id){return view=="rooms"?s[5]==id:view=="teachers"?s[4]==id:s[7].indexOf(id)>=0}
function cellOf(w,view,who,d,zoom){
var td=el("td",undefined,"day"),seen=[];
(w.fixed[who]||[]).forEach(function(f){
if(f[0]!=d||f[2]<=data.start||f[1]>=data.end)return;
var b=block(d,Math.max(f[1],data.start),Math.min(f[2],data.end));
b.classList.add("fixed");b.append(f[3]);b.title=clock(f[1])+"–"+clock(f[2])+" "+f[3];td.append(b)
});
w.changes.forEach(function(c){
if(c.who!=who||!c.before||c.before[0]!=d)return;
var b=block(d,c.before[1],c.before[2]);
b.classList.add("ghost");if(data.courses[c.before[3]])b.append(sign(c.before[3]));b.append(zoom?name(c.before[3]):c.before[2]-c.before[1]>=75?short(c.before[3]):"");
b.title=T.was+": "+clock(c.before[1])+" "+name(c.before[3])+(c.now?" → "+c.now[4]:" · "+T.gone);td.append(b)
});
w.sessions.forEach(function(s,n){
if(s[0]!=d||!attends(view,s,who))return;
var b=block(d,s[1],s[2]),alone=(w.alone[who]||[]).indexOf(n)>=0,where=alone?T.online:s[6],
people=s[7].map(function(p){return names[p]||p}).join(", "),teacher=names[s[4]]||s[4];
b.style.background=data.courses[s[3]].colour;
if(view!="participants"&&seen.some(function(x){return x[1]<s[2]&&s[1]<x[2]}))b.classList.add("double");
seen.push(s);
var c=w.changes.filter(function(c){return c.who==who&&c.now&&c.now[0]==d&&c.now[1]==s[1]&&c.now[3]==s[3]})[0];
if(c)b.classList.add("changed");
var more=view=="participants"?s[8].indexOf(who)>=0:s[8].length>0;
if(more)b.classList.add("more");
var wide=zoom||s[2]-s[1]>=75;
if(data.courses[s[3]])b.append(sign(s[3]));
if(wide)b.append(zoom?name(s[3]):short(s[3]));
if(zoom)b.append(el("small",clock(s[1])+"–"+clock(s[2])),el("small",view=="participants"?where+" · "+teacher:people));
else if(view!="participants")b.append(el("small",String(s[7].length)));
else if(wide)b.append(el("small",where));
b.title=clock(s[1])+"–"+clock(s[2])+" "+name(s[3])+"\n"+where+"\n"+teacher+"\n"+people+(more?"\n"+T.makes_up:"")+(c?"\n"+(c.before?T.was+": "+c.before[4]:T.new):"");
td.append(b)
});
return td
}
function table(heads,rows){
var t=el("table",undefined,"list"),h=el("thead"),r=el("tr"),b=el("tbody");
heads.forEach(function(x){var th=el("th",x);th.scope="col";r.append(th)});h.append(r);
rows.forEach(function(row){var tr=el("tr");row.forEach(function(x){var td=el("td");td.append(x);tr.append(td)});b.append(tr)});
t.append(h,b);return t
}
function together(rows,key){
var of={},found=[];
rows.forEach(function(x){var k=key(x);if(!of[k])found.push(of[k]=[]);of[k].push(x)});
return found
}
function shown(id){
var team=g("team").value,p=data.views.participants.filter(function(p){return p.id==id})[0];
return !team||(p&&p.team==team)
}
function draw(){
var w=data.weeks[+g("week").value],view=g("view").value,only=g("day").value,grid=g("grid"),team=g("team").value;
if(!w)return;
var days=w.days.map(function(_,d){return d}).filter(function(d){return only===""||only==d}),zoom=days.length==1;
g("title").textContent=w.title;
grid.textContent="";grid.className=zoom?"zoom":"";grid.style.setProperty("--hour",6000/(data.end-data.start)+"%");
var head=el("thead"),tr=el("tr"),body=el("tbody");
tr.append(el("td",""));
days.forEach(function(d){
var th=el("th",zoom?w.days[d].long:w.days[d].short),ticks=el("span",undefined,"ticks"),all=data.end-data.start;
th.scope="col";
for(var m=data.start+(zoom?0:60);m<data.end;m+=zoom?60:120){var i=el("i",zoom?clock(m):String(m/60));i.style.insetInlineStart=100*(m-data.start)/all+"%";ticks.append(i)}
th.append(ticks);tr.append(th)
});
head.append(tr);
data.views[view].forEach(function(p){
if(view=="participants"&&team&&p.team!=team)return;
if(view!="participants"&&team&&!w.sessions.some(function(s){return attends(view,s,p.id)&&s[7].some(shown)}))return;
var row=el("tr"),th=el("th"),sum=w.sums[p.id],label=el("span",p.name,"name");th.scope="row";label.title=p.name;th.append(label);
if(p.team&&data.teams.length>1)th.append(el("small",p.team));
if(sum)th.append(el("small",sum[0],sum[1]?"unmet":""));
row.append(th);
days.forEach(function(d){row.append(cellOf(w,view,p.id,d,zoom))});
body.append(row)
});
grid.append(head,body);
var legend=g("legend"),told={};legend.textContent="";
Object.keys(data.courses).forEach(function(c){
var li=el("li"),i=el("i"),colour=data.courses[c].colour,key=colour+name(c);
if(told[key])return;
told[key]=true;i.style.background=colour;i.append(sign(c));li.append(i,name(c));legend.append(li)
});
if(w.sessions.some(function(s){return s[8].length}))legend.append(el("li",T.makes_up,"more"));
var missing=w.missing.filter(function(m){return shown(m[0])}),box=g("missing");box.textContent="";
box.append(missing.length?table([T.course,T.amount,T.reason,T.person],together(missing,function(m){return [m[1],m[3],m[4]].join("\n")}).map(function(all){
var m=all[0],who={},sum=0;
all.forEach(function(x){who[x[0]]=(who[x[0]]||0)+x[2];sum+=x[2]});
return [name(m[1]),el("span",number(sum)+" "+T[m[3]],m[3]),m[4],Object.keys(who).map(function(p){return (names[p]||p)+" "+number(who[p])}).join(", ")]})):el("p",T.nothing));
var changes=w.changes.filter(function(c){return names[c.who]&&data.views.participants.some(function(p){return p.id==c.who})&&shown(c.who)});
box=g("changes");box.textContent="";
box.append(changes.length?table([T.course,T.was,T.now,T.person],together(changes,function(c){return JSON.stringify([c.before,c.now])}).map(function(all){
var c=all[0];
return [name((c.now||c.before)[3]),c.before?c.before[4]:"–",el("mark",c.now?c.now[4]:T.gone),all.map(function(x){return names[x.who]}).join(", ")]})):el("p",T.unchanged))
}
function days(){
var s=g("day"),w=data.weeks[+g("week").value],old=s.value;
while(s.length>1)s.remove(1);
if(w)w.days.forEach(function(d,n){option(s,n,d.long)});
s.value=old;if(s.selectedIndex<0)s.value=""
}
function step(n){var s=g("week"),to=+s.value+n;if(to>=0&&to<data.weeks.length){s.value=to;days();draw()}}
["week","view","team","day"].forEach(function(i){g(i).addEventListener("change",function(){if(i=="week")days();draw()})});
g("back").addEventListener("click",function(){step(-1)});
g("on").addEventListener("click",function(){step(1)});
D.addEventListener("keydown",function(e){if(/SELECT|INPUT/.test(e.target.tagName))return;if(e.key=="ArrowLeft")step(-1);if(e.key=="ArrowRight")step(1)});
var first=data.weeks.findIndex(function(w){return w.changes.length});
if(first>0)g("week").value=first;
days();draw()
})()
