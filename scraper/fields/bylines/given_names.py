"""Given names that are common: who bears one, and a surname, is a person, and no section of the site."""

from __future__ import annotations

from functools import cache

from scraper.fields.dates.months import word_key

__all__ = ["begins_with_given_name", "is_given_name"]

_NAMES = """
ann bill carlo carol casey dale don drew ed frank gene glen heather jay jean joyce kay kelly lee lynn max ray rob robin tyler victoria christian mark dominik elise mariam urs elias cassidy rowan eve hanne justus lennart jannik leon luca mila noel emilia amelie
aaron abraham ada adam adrian adrienne agnes aimee alan albert alberta alberto alejandro alex alexander alexandra
alexis alfonso alfred alfredo alice alicia alisha alison allan allen allison alma alton alvin alyssa amanda amelia
amy ana andre andrea andres andrew andy angela angelica angelina angelo angie anita anna anne annette annie anthony
antoinette antonia antonio archie arlene armando arnold arthur arturo ashley audrey barbara barry beatrice becky
belinda ben benjamin bernadette bernard bernice bertha bessie beth bethany betsy betty beulah beverly billie billy
blake blanca bob bobbie bobby bonnie brad bradley brandi brandon brenda brent brett brian bridget brittany brooke
bruce bryan byron calvin cameron camille candace candice carl carla carlos carlton carmen carole caroline carolyn
carrie cassandra catherine cathy cecelia cecil cecilia celia cesar chad charlene charles charlie cheryl chester
chris christie christina christine christopher christy cindy claire clara clarence claude claudia clayton clifford
clifton clinton clyde cody colleen connie cora corey cory craig cristina curtis cynthia damon dan dana daniel
danielle danny darla darlene darrell darren darryl daryl dave david deanna debbie deborah debra delia della delores
denise dennis derek derrick desiree diana diane dianna dianne dixie dolores donald donna donnie dora doreen doris
dorothy doug douglas duane dustin dwayne dwight ebony eddie edgar edith edna eduardo edward edwin eileen elaine
eleanor elena elisa elizabeth ella ellen elmer eloise elsa elsie elvira emily emma enrique eric erica erik erika
erin erma ernest ernestine ernesto essie estelle esther ethel eugene eula eunice eva evan evelyn everett fannie faye
felicia felix fernando flora floyd frances francis francisco franklin fred freda freddie frederick fredrick gabriel
gary genevieve george gerald geraldine gerard gertrude gina gladys glenda glenn gloria gordon greg gregory gretchen
gwen gwendolyn hannah harold harriet harry harvey hattie hazel hector heidi helen henrietta henry herbert herman
hilda homer horace howard hubert hugh ian ida inez ira irene irma isaac isabel ivan jack jackie jacob jacqueline
jacquelyn jaime james jamie jana jane janet janice janie janis jared jason javier jeanette jeanne jeannette jeannie
jeff jeffery jeffrey jenna jennie jennifer jenny jeremiah jeremy jerome jerry jesse jessica jessie jill jim jimmie
jimmy joan joann joanna joanne jodi jody joe joel joey johanna john johnathan johnnie johnny jon jonathan jorge jose
josefina joseph josephine joshua juan juana juanita judith judy julia julian julie julio justin kara karen kari karl
karla kate katherine kathleen kathryn kathy katie katrina kayla keith kelley kelli kellie kelvin ken kendra kenneth
kenny kerry kevin kim kimberly kirk krista kristen kristi kristie kristin kristina kristine kristy krystal kurt kyle
lana larry latoya laura lauren laurie laverne lawrence leah leigh lela lena leo leon leona leonard leroy leslie
lester leticia lewis lila lillian lillie linda lindsay lindsey lisa lloyd lois lola lonnie lora lorena lorene
lorenzo loretta lori lorraine louis louise lucia lucille lucy luis luke lula luther luz lydia lyle lynda lynette
lynne mabel mable madeline mae maggie malcolm mamie mandy manuel marc marcella marcia marcus margaret margarita
margie marguerite maria marian marianne marie marilyn mario marion marjorie marlene marsha marta martha martin
marvin mary maryann mathew matt matthew mattie maureen maurice maxine megan meghan melanie melba melinda melissa
melvin meredith michael micheal michele michelle miguel mike mildred milton mindy minnie miranda miriam mitchell
molly mona monica monique morris muriel myra myrtle nadine nancy naomi natalie natasha nathan nathaniel neal neil
nellie nelson nettie nicholas nichole nick nicole nina nora norma olga oliver olivia ollie omar ora orlando oscar
otis pablo pam pamela patricia patrick patsy patti patty paul paula paulette pauline pedro peggy perry peter philip
phillip phyllis preston priscilla rachael rachel rafael ralph ramon ramona randall randy raquel raul raymond rebecca
reginald rena rene renee rex rhonda ricardo richard rick rickey ricky rita robert roberta roberto robyn rochelle
roderick rodney roger roland ron ronald ronnie rosa rosalie rosemarie rosemary rosie ross roxanne roy ruben rudolph
rudy russell ruth ryan sabrina sadie sally salvador sam samantha samuel sandra sara sarah scott sean sergio seth
shane shannon shari sharon shaun shawn shawna sheila shelia shelley shelly sheri sherri sheryl shirley sidney silvia
sonia sonja sonya sophia sophie stacey stacy stanley stephanie stephen steve steven stuart susan susie suzanne
sylvia tabitha tamara tami tammy tanya tara tasha ted teresa teri terrance terrence terri terry thelma theodore
theresa thomas tiffany tim timothy tina todd tom tommy toni tony tonya tracey traci tracy travis trevor tricia troy
tyrone valerie vanessa velma vera verna vernon veronica vicki vickie vicky victor vincent viola virgil vivian
wallace walter wanda warren wayne wendell wendy wesley whitney wilbur willard william willie willis wilma winifred
yolanda yvette yvonne zachary
aidan aiden aisha alec alfie alyson annabel annabelle ariana ashleigh ava ayesha bianca brendan bryce caitlin callum
carly cassie chloe ciara clive colin connor conor daisy damian declan dominic donovan dylan edmund eliza elliot
elliott emilia ethan ewan felicity finn fiona freya gareth gavin geoff geoffrey georgina gerry giles graeme graham
hayden hayley hugo imogen imran isabella isla jaclyn jake jemma jenn jess jodie jonah josh josie kaitlyn kat katelyn
katharine katy kelsey kirsten kirsty kurtis lachlan lara leanne liam lizzie logan lorna luca lucas lucinda mackenzie
maddie madeleine maya mia mick millie mollie nadia nate nathalie niall nigel noah noel oisin owen penelope philippa
phoebe piers quentin rachelle reece rhys rory rosalind rupert ryder saoirse sasha sebastian shauna sinead siobhan
sofia spencer tamsin tessa theo tobias toby trent tristan verity xavier yasmin zach zack zara zoe zoey
achim andreas anette angelika anja anke annegret annika antje armin arne axel bastian beate benedikt bernd bernhard
bettina birgit birte bjorn boris britta burkhard carina carsten christoph claus cordula corinna dagmar daniela
detlef dieter dietmar dirk dorothea eberhard eckart edda elke elmar erich ernst eva-maria fabian felicitas ferdinand
florian franz franziska frauke friederike friedrich gabi gabriele georg gerd gerda gerhard gisela gottfried gregor
gudrun guido gunnar gunter gunther hanna hannes hans hans-peter harald hartmut heike heiko heiner heinrich heinz
helga helge helmut hendrik henning hermann hilde holger horst hubertus ilka ilse ines inga ingo ingrid inka iris
isabell jakob janina jens joachim jochen johann johannes jonas jorg jorn josef juliane jurgen jutta kai kaja karin
karl-heinz karsten katarina katharina kathrin katja katrin kerstin klara klaus konrad konstantin lars lea leonie
lina linus lorenz lothar ludwig luisa lukas lutz magdalena maik maike maja malte manfred manuela maren marius markus
marlis marten martina mathias matthias maximilian mechthild meike michaela mirjam mirko monika moritz nadja nico
nicola nicolas niels niklas nikolaus norbert olaf otto patrizia peer petra philipp raimund rainer ralf reiner
reinhard renate rolf romy rudiger rudolf sabine sascha siegfried sigrid silke simon simone stefan stefanie steffen
steffi stephan susann susanne svea sven svenja tanja thilo thorben thorsten till tilman timo torsten udo ulf uli
ulla ulrich ulrike ursula uta ute uwe verena viktor viktoria volker werner wilfried wilhelm wolf wolfgang wolfram
yannick
adele adrien agathe alain alban alexandre amelie anais anne-marie anne-sophie antoine arnaud astrid aude aurelie
aurelien axelle baptiste bastien benoit bertrand brigitte bruno cecile celine chantal charlotte christelle
christiane christophe clemence coralie corinne cyril cyrille damien delphine denis didier dominique dorothee edouard
elodie emeline emilie emmanuel emmanuelle etienne fabien fabienne fabrice florent francois francoise frederic
frederique gael gaelle gilles guillaume guy helene herve isabelle jacques jean jules justine karine laetitia laure
laurence laurent lionel loic luc lucie ludovic magali manon marc-antoine marie-christine marie-claude martine
mathieu mathilde mathis matthieu maud maxime michel mireille morgane mylene noemie odile olivier pascal pascale
patrice perrine philippe pierre pierrick raphael raphaelle regis remi remy rodolphe romain roxane sandrine sebastien
severine solene stephane sylvain sylvie thibault thibaut thierry valentin valentine violaine virginie yann yvan yves
adriana agustin ainhoa aitana aitor alba aldo alessandra alessandro alessia alessio alfonsina alvaro amparo anabel
andreia angeles anselmo antonella antoni arantxa ariadna augusto beatriz begona belen benito bernardo berta bruna
caio camila carlotta carmelo carolina catarina chiara claudio concha consuelo cristian cristiana cristiano cristobal
dario davide debora diego domenico donatella edoardo eliana elisabetta eloy emanuela emanuele emilio enric enrico
ester eugenia eugenio eusebio ezequiel fabiana fabio fabiola fabrizio facundo federica federico felipe ferran
ferruccio filipa filipe filippo flavia flavio florencia franca francesca francesco franco gabriela gabriella gaetano
gema giacomo giada gianluca gianni giorgia giorgio giovanna giovanni giulia giuliana giuliano giulio giuseppe
gonzalo graziella guilherme guillermo gustavo helena henrique horacio ignacio igor iker ilaria imma inigo inmaculada
isidoro itziar jacinto jacopo jaume joana joao joaquim joaquin jordi josep josu juanjo juliana juliano laia leandro
leire leonardo lidia livia lluis luana luciana luciano luigi luiz maite marcela marcello marcelo marco marcos
mariana mariano maribel mariluz marisa marisol massimiliano massimo mateo matias matteo mauricio maurizio mauro
maximo michela mikel mireia montse montserrat nacho natalia nestor neus nicolo nieves nuria oriol osvaldo otavio
paloma paola paolo pascual patricio patxi pau paulo pepe piero pietro rafaela raffaele raffaella ramiro renata
renato riccardo rocio rodrigo rogelio romina rosanna rossella salvatore samuele serena sergi silvana silvio simona
stefania stefano susana tatiana telmo thiago tiago tiziana tomas tommaso ubaldo umberto valentina valeria valerio
vicente vincenza vincenzo virginia vittoria vittorio viviana xabier xavi ximena yago
ake aksel anders anneke annelies astri bart bengt bente bert bertil birgitte bjarne bram carola caspar daan dagfinn
einar eirik elin elisabet elisabeth emil endre erlend eskil espen femke floris frank frode geert gerben gerrit gijs
goran gunn guro gustav hakan halvor hanne hans-jan hedda hege heikki helle henk henrik inge ingeborg ingvild jaap
jan-erik jari jasper jeroen jesper joep joost joris jorunn juha juhani jukka kaisa kajsa kari-anne karianne kees
kim-andre kirsi kjell kjersti klaas knut koen kristian kristoffer lasse leif linn lise liv loes lotte maarten
maartje mads magnus malin marieke marijke marit marjan marko martijn mats matti menno merete mette mika mikael
mikkel minna morten nils oddvar olav ole olle oskar outi oyvind paivi peder pekka petter pia pieter preben ragnar
ragnhild rasmus reijo rikke roar roel rune ruud sander sanna sanne sari seppo sigbjorn sigurd silje sindre siri
sjoerd solveig soren stein stian stig susanna svein sverre tarja teemu thijs timo-pekka tom-erik tomi tommi torbjorn
tord tore torgeir torill trine trond tuomas turid tuula ulrik ulrika vegard vibeke vidar ville wim wouter yngve
agata agnieszka aleksandar aleksander aleksandr aleksandra alicja anastasia anastasios andrej andrzej ania apostolos
artur attila ayse balazs barbora bartlomiej bartosz beata bogdan bogdana boleslaw borislav bozena branko burak cem
cezary damir dejan denisa dimitar dimitrios dimitris dobromir dorota dragan dusan edyta elif elzbieta emine emre
erdem eren ewa fatih ferenc filip gabor galina georgi georgios giorgos grzegorz gyorgy halina hana henryk hristo
hulya ionut iwona izabela jacek jakub jan janos jaroslav jaroslaw jerzy jiri jolanta jovan jozef jozsef justyna
kamil kamila karol karolina katarzyna katerina kemal konstantinos kostas krisztina krystyna krzysztof lenka leszek
libor lubomir ludmila lukasz maciej madalina magda malgorzata marcin marek marijana mariusz marketa mateusz mehmet
michal mihaela mihai milena milos mirela miroslav miroslava miroslaw murat mustafa nenad nikola nikolaos nikos oana
ognjen ondrej orhan ozan ozgur panagiotis pavel pavla pawel petar petr piotr predrag radek radim radoslav rafal
rumen ryszard sandor selim serkan slavica slobodan sorin spiros stanislav stanislaw stavros stelian svetlana szymon
tamas tatjana tibor tijana tomasz tomislav urszula vaclav vasil vasilis vassilis veronika vesna vlad vladimir
vojtech waldemar wieslaw witold wojciech yannis yilmaz yusuf zbigniew zdenek zeljko zeynep zofia zoltan zoran zuzana
aleksei alexei alexey anastasiya anatoly andrei andrey anton arkady artem daria dmitri dmitriy dmitry ekaterina
evgeni evgeny fyodor gennady ilya inna irina kirill ksenia larisa lyudmila maksim marina mikhail nadezhda nikita
nikolai nikolay oksana oleg oleksandr oleksii olha pavlo polina ruslan sergei sergey sergiy svitlana taras tatyana
tetiana timofey vadim valery vasily viktoriya vitalii vitaly vladislav volodymyr vyacheslav yana yaroslav yegor
yelena yevgeny yulia yuliya yuri yuriy александр александра алексей алена алина алла анастасия анатолий анатолій
андрей андрій анна антон арсений артем артём борис вадим валентин валентина валерий валерия василий василь вера
вероника виктор виктория виталий владимир владислав володимир вячеслав віктор вікторія віталій галина геннадий
георгий григорий даниил дарья денис дмитрий дмитро евгений евгения егор екатерина елена елизавета иван игорь илья
инна ирина карина катерина кирилл константин ксения лариса леонид лидия любовь людмила максим марина мария микола
михаил михайло надежда наталия наталья наталія никита николай оксана олег олександр олександра олексій олена ольга
оля павел павло петр петро полина пётр роман руслан светлана семен сергей сергій станислав степан тамара тарас
татьяна тетяна тимофей тимур федор филипп эдуард элина юлия юлія юрий юрій яна ярослав ярослава євген іван ігор
ірина
abdul abdullah abhishek adebayo adel adil ahmad ahmed ajay akash ali amar amara amin amina amir amit amitabh amrita
anand ananya anil anjali ankit ankita ankur anurag aparna arash arif arjun arun arvind asad ashish ashok ashwin asif
aveek avi avinash ayman aziz babak bashir bilal chandra chen chetan chidi chinedu chukwu dalia deepa deepak deepika
devika dina divya ehsan emeka fadi fahad faisal farah farhan farid farida fatima fatma feng ganesh gaurav geeta
gopal habib hadi haider hamid hamza harish harsh hasan hassan hemant hiroshi hossein hussain hussein ibrahim imtiaz
ismail itai jamal jamil javed jayant jitendra jyoti kabir kamal kareem karim karthik kavita kenji khaled khalid
kishore kofi krishna kunal kwame lakshmi layla leila leyla maha mahesh mahmoud mandeep manish manoj maryam meera
mehdi mei min-ji mina mohamed mohammad mohammed mohan muhammad mukesh murali nabil nadeem naeem narendra naresh
nasser naveen navin neha ngozi nidhi nikhil nilesh nisha nitin noa noor nour nuha oluwaseun omer omid pallavi pankaj
parul pooja prabhat pradeep prakash pranav prasad prashant praveen preeti priti priya priyanka puneet rachna raghav
rahim rahul rajan rajeev rajesh rajiv raju rakesh ram ramesh rami rania rashid rashmi ravi reem rekha reza ritu riya
rohan rohit ruchi rupali saad sachin saeed sahar sajid saleh salim salma sameer sami sana sandeep sangeeta sanjay
sanjeev satish satoshi saurabh seema shadi shahid shalini shankar shashank sheikh shikha shilpa shiv shreya shruti
siddharth sipho smita sneha soumya sourav sridhar subhash sudhir sumit sunil sunita suresh sushil swati takashi
takeshi tariq tarun tejas thabo tunde uday umar umesh usha usman varun venkat vijay vikas vikram vinay vineet vinod
vishal vivek wael waleed wei xiao yamini yash yasir yasser yosef yossi youssef yuki yuko zahra zainab ziad
"""
"""The most frequent given names of the United States (Census Bureau, 1990), then names of the press of Europe, Asia and Africa.

Left out is what is also a word of headings or a place: Grace, Will, Paris, Florence.
"""
_TITLES = frozenset("dr prof mag dipl ing sir dame".split())


@cache
def _known() -> frozenset[str]:
    return frozenset(word_key(name) for name in _NAMES.split())


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, or a double one that begins with such a name: "Jean-Luc"."""
    return word_key(word.partition("-")[0]) in _known()


def begins_with_given_name(name: str) -> bool:
    """Whether a name begins with a common given name; titles and initials before it do not count."""
    words = [w for w in name.split() if len(w.strip(".")) > 1 and word_key(w) not in _TITLES]
    return bool(words) and is_given_name(words[0])
