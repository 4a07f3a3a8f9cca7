(function(){
var D=document,L=location,z=D.body.dataset.zone,born=Date.now(),shown,
g=function(i){return D.getElementById(i)},
all=function(s,f){D.querySelectorAll(s).forEach(f)},
c=function(i){return g(i).content.cloneNode(true)},
p=function(d,n){return new Date(Date.parse(d+"T12:00Z")+n*864e5).toISOString().slice(0,10)};
function turn(t){
var m=p(t,-((new Date(t+"T12:00Z").getUTCDay()+6)%7)),b=g("now"),k=g("past"),n=g("news");
all("summary mark",function(e){e.remove()});
all(".today",function(e){e.className=""});
all("#news li",function(e){if(e.dataset.u<t)e.remove()});
if(n&&!n.querySelector("li"))n.remove();
all("main>details[data-w]",function(w){
var o=w.dataset.w,i=o==m?"t-this":o==p(m,7)?"t-next":"";
w.open=!!i;
if(i)w.firstElementChild.append(" ",c(i));
if(o<m){k.append(w);k.hidden=false}
});
b.textContent="";
[[t,"t-today"],[p(t,1),"t-tomorrow"]].forEach(function(x){
var s=g("d"+x[0]),v=D.createElement("div");
v.append(c(x[1]));
if(s){var y=s.cloneNode(true);y.removeAttribute("id");v.append(y)}else v.append(c("t-none"));
b.append(v)
});
var s=g("d"+t);
if(s)s.className="today";
b.hidden=false
}
function look(){
var d=new Date(),t=d.toLocaleDateString("sv-SE",{timeZone:z}),h=d.toLocaleTimeString("sv-SE",{timeZone:z});
if(t!=shown)turn(shown=t);
all("#now>:first-child li,.today li",function(e){e.classList.toggle("over",e.querySelector("time").textContent.slice(-5)<=h.slice(0,5))})
}
look();
setInterval(look,3e4);
D.addEventListener("visibilitychange",function(){
if(D.hidden)return;
look();
if(Date.now()-born>36e5)fetch(L.href,{method:"HEAD",cache:"no-store"}).then(function(){L.reload()},function(){})
})
})()
