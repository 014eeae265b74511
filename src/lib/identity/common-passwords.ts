/**
 * What is tried first, from what lists of leaked passwords have in common. Here stand words that
 * passwords are made of, Danish ones and those of this platform and its workplaces among them; written
 * as `fold` writes them.
 */
export const commonWords: readonly string[] = `
password passord passwort passw adgangskode adgang kodeord kode login logind logmein admin
administrator administration bruger user username guest gaest test tester testing demo default root
system server computer internet google facebook instagram youtube netflix spotify microsoft windows
outlook office teams apple iphone samsung android huawei nokia
holdepunkt fodfaeste traume trauma traumebevidst tilgang kursus course modul module laering learn
kommune kommunen municipality region regionen herberg herberget shelter bosted botilbud bocenter
krisecenter psykiatri psykiatrien jobcenter socialomraadet socialomradet social socialt stoette stotte
center centret centeret huset hjemmet afdeling leder leader personale staff medarbejder kollega vikar
nattevagt pleje sundhed omsorg aeldre borger borgere peer
hemmelig hemmelighed secret private welcome velkommen hello hej goddag letmein trustno master access
sunshine princess prinsesse dragon monkey football fodbold baseball basketball hockey soccer tennis
superman batman spiderman starwars pokemon pikachu naruto minecraft fortnite roblox
iloveyou loveyou lovely love elsker jegelsker kaerlighed skat skattemus darling sweetheart baby angel
engel flower blomst butterfly sommerfugl chocolate chokolade cookie cheese banana cherry orange summer
sommer sommerferie winter vinter autumn efteraar efterar spring foraar forar januar februar marts april
maj juni juli august september oktober november december january february march june july october
mandag tirsdag onsdag torsdag fredag loerdag lordag soendag sondag monday tuesday wednesday thursday
friday saturday sunday weekend ferie holiday christmas jul juleaften nisse paaske paske
denmark danmark danish dansk danske kobenhavn koebenhavn copenhagen aarhus arhus odense aalborg alborg
esbjerg randers kolding horsens vejle roskilde herning silkeborg fyn jylland sjaelland bornholm lolland
groenland gronland sverige norge tyskland
brondby broendby fck fcmidtjylland liverpool arsenal chelsea manchester united barcelona realmadrid
juventus laudrup messi ronaldo
michael jennifer jessica ashley daniel matthew joshua andrew thomas robert william charlie george
jordan nicole amanda hannah sophie anders andreas anne anna bent birgit camilla charlotte christian
emil emma freja frederik hanne hans helle henrik ida jens jesper josefine karen kasper katrine kirsten
kristian lars laura line lone louise mads maria marie martin mathias mette mikkel mohammed morten niels
nikolaj oliver oscar ole peter pernille poul rasmus rikke sara signe simon sofie soren soeren susanne
soeren tina tobias torben ulla victor
hund hunden kat katten hest hesten fido bella luna rex sniffer mor far mormor farfar moster onkel
bedste bedstemor bedstefar mami papa mother father brother sister familie family boern born barn
hello123 abc abcd abcdef qwerty qwertz azerty asdf asdfgh zxcvbn qazwsx wsxedc edcrfv rfvtgb yhnujm
qwertyuiop qwertyuiopaa asdfghjkl zxcvbnm qwer asd zxc 1qaz 2wsx 3edc 4rfv 1q2w3e4r 1q2w3e 5t6y q1w2e3r4
q1w2e3 a1b2c3 123qwe qwe123 123abc abc123 112233 121212 123123 654321 159753 147258369 789456123
password1 passw0rd p@ssw0rd whatever blink182 freedom frihed shadow mustang harley ninja killer hunter
jordan23 ranger buster tigger pepper ginger maggie bailey charlie1 donald snoopy merlin phoenix
diamond silver golden guld forever always altid never aldrig lucky heldig happy glad smil smile peace
fred coffee kaffe kage beer oel pizza hotdog jesus christ allah god gud heaven himmel hell helvede
fuck fucker fuckyou asshole pis lort fisse sex sexy porn
nothing nobody somebody anything please changeme change skift nyt ny new old gammel temp temporary
midlertidig first one two three four five six seven eight nine en to tre fire fem seks syv otte ni ti
the and for you min mit mine din dit det den der er jeg du vi og my your this that
`
	.split(/\s+/)
	.filter((word) => word.length > 1);

/** Whole passwords of twelve characters or more that head such lists, and are not seen to be guessable. */
export const frequentPasswords: ReadonlySet<string> = new Set(
	`
unbelievable thunderbirds motherfucker sweetpotato gobbledygook newcastleutd scoobydoobydoo
manutd123456 liverpoolfc1 ilovemyfamily ilovemyself1 ilovemymother iloveyouforever mynameisjohn
correcthorsebatterystaple correct-horse-battery-staple thequickbrownfox thequickbrownfoxjumps
tobeornottobe maytheforcebewithyou opensesame12 abracadabra1 supercalifragilisticexpialidocious
metallica123 nirvana12345 pinkfloyd123 ledzeppelin1 blackmetal66 dontforgetme rememberthis
ihatepasswords jegharglemt jegharglemtdet jegharglemtmin glemtadgangskode mitkodeord12
detervigtigt1 rodgrodmedflode roedgroedmedfloede rodgrodmedfloede hvaderklokken
1q2w3e4r5t6y 1q2w3e4r5t6y7u 1qaz2wsx3edc 1qaz2wsx3edc4rfv qazwsxedcrfv qazwsxedc123 zaq12wsxcde3
zaq1xsw2cde3 qweasdzxc123 qwe123asd456 q1w2e3r4t5y6 q2w3e4r5t6y7 a1s2d3f4g5h6 asdfasdfasdf
qwerqwerqwer zxcvbnmasdfghjkl mnbvcxzlkjhgfdsa poiuytrewqlkjhgfdsa gfhjkmgfhjkm
`
		.split(/\s+/)
		.filter((each) => each !== '')
);
