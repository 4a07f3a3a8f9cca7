(function(){
var D=document,g=function(i){return D.getElementById(i)},
f=function(d){return d.toISOString().slice(0,10)},
p=function(d,n){return f(new Date(Date.parse(d+"T12:00Z")+n*864e5))},
t=new Date().toLocaleDateString("sv-SE",{timeZone:D.body.dataset.zone}),
c=function(i){return g(i).content.cloneNode(true)},
m=p(t,-((new Date(t+"T12:00Z").getUTCDay()+6)%7)),b=g("now"),k=g("past"),n=g("news");
D.querySelectorAll("#news li").forEach(function(e){if(e.dataset.u<t)e.remove()});
if(n&&!n.querySelector("li"))n.remove();
D.querySelectorAll("main>details[data-w]").forEach(function(w){
var o=w.dataset.w,i=o==m?"t-this":o==p(m,7)?"t-next":"";
w.open=!!i;
if(i)w.firstElementChild.append(" ",c(i));
if(o<m){k.append(w);k.hidden=false}
});
[[t,"t-today"],[p(t,1),"t-tomorrow"]].forEach(function(x){
var s=g("d"+x[0]),v=D.createElement("div");
v.append(c(x[1]));
if(s){var y=s.cloneNode(true);y.removeAttribute("id");v.append(y)}else v.append(c("t-none"));
b.append(v)
});
var s=g("d"+t);
if(s)s.className="today";
b.hidden=false
})()
