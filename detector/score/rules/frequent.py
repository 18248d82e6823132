"""Frequent words of English news, and the runs of a text: what the rules on damaged words compare.

A damaged word is certain where its repair is a frequent word and it is none itself; rarer words are left to others. The list
was written for this project, by subject, with the forms that news writes most; it has no order of frequency.
"""

import re
from collections.abc import Callable, Iterator, Set
from functools import lru_cache

from detector.score.rules.tokens import tokens
from detector.text import FUNCTION_WORDS

_WRITTEN = """
able accept accepted access accident accord according account accounts accused across act acted acting action actions active
activities activity actually added adding addition additional address administration adults advance advice affairs affected
agencies agency agenda agents ago agree agreed agreement agreements aged aid aims air airport album alert alleged allegations
allow allowed allowing almost alone along already amount analysis analysts animals announced announcement annual answer
answers anti apart apparently appeal appeals appear appeared appears application apply approach appropriate approval approved
area areas arm armed army arrest arrested arrived article artist artists ask asked asking assembly assets assistance associated
association attack attacked attacks attempt attempts attention attorney audience authorities authority available average avoid
award awards aware awareness
baby background bad bail balance ball ban band bank banking banks bar base based basic basis battle beach bear beat beautiful
became become becomes becoming bed began begin beginning begins behaviour behavior believe believed believes benefit benefits best
better beyond bid big bigger biggest bill billion bills birth black block blood blow blue board boat bodies body bomb bond bonds
book books border born boss bought box boy boys brain branch brand brands break breaking brief bring bringing broad broadcast broke
broken brother brothers brought budget build building buildings built bus business businesses businessman buy buying
cabinet call called calling calls came camera camp campaign campaigns cancer candidate candidates capital car card cards care
career careful carried carry carrying cars case cases cash cast cause caused causes causing cell cent center central centre
centres cents century ceremony certain certainly chain chair chairman challenge challenges champion champions championship chance
chances change changed changes changing channel chapter character charge charged charges charity check chief child children
choice choose chosen church cities citizens city civil claim claimed claims class classes clean clear clearly client clients
climate close closed closely closer closing club clubs coach coal coast code coffee cold collection college comment comments
commerce commercial commission commissioner commit committed committee common communication communications communities
community companies company compared competition complaint complaints complete completed completely complex computer computers
concern concerned concerns condition conditions conduct conducted conference confidence confirm confirmed conflict congress
connected connection consider considered considering consumer consumers contact contained content contest continue continued
continues continuing contract contracts contribute contribution control controlled controversial controversy conversation
convention convicted cool cooperation core corner corporate corporation correct corruption cost costs council councillor count
counter countries country county couple courage course court courts cover coverage covered covering create created creating
creation creative credit crew crime crimes criminal crisis critical criticism criticised criticized critics cross crowd crucial
cultural culture cup currency current currently custody customer customers cut cuts cutting
daily damage damaged dance danger dangerous dark data database date daughter day days dead deal deals death deaths debate debt
decade decades decide decided decision decisions declared decline deep defeat defeated defence defense defend deficit definitely
degree delay delayed deliver delivered delivery demand demanded demands democracy democratic denied department departments
depend described deserve design designed despite destroyed detail detailed details detained determined develop developed
developing development developments device devices died difference differences different difficult difficulties digital dinner
direct direction directly director directors disaster discovered discovery discuss discussed discussion discussions disease
dispute distance distribution district division doctor doctors document documents dogs dollar dollars domestic door doubt
dozen dozens draft drama draw drawn dream dress drink drive driven driver drivers driving drop dropped drove drug drugs due
early earlier earn earned earth easier easily east eastern easy eating economic economics economist economists economy edge
edition editor education educational effect effective effects efficient effort efforts eight either elected election elections
electric electricity electronic element elements emergency emissions emotional employed employee employees employers employment
encourage encouraged end ended ending ends energy enemy enforcement engine engineering enjoy enjoyed ensure enter entered
enterprise entertainment entire entirely entry environment environmental equal equipment error escape especially essential
establish established estate estimate estimated estimates event events eventually everybody evidence evil exactly examination
example examples excellent except exchange excited executive executives exercise exist existing exit expand expanded expansion
expect expectations expected expensive experience experienced experiences expert experts explain explained explains explanation
export exports expressed extend extended extra extraordinary extremely eyes
face faced faces facilities facility facing fact factor factors factory facts failed failing failure fair faith fall fallen falling
falls false families family famous fans farm farmers fashion fast faster father favour favourite fear fears feature features
federal feel feeling feels fees feet fell felt female field fifth fight fighters fighting figure figures filed fill film films
final finally finance finances financial find finding findings finds fine fingers finish finished fire fired firm firms first
fiscal fish five fixed flag flat fleet flight flights flood floor flow fly focus focused follow followed following follows food
foot football force forced forces foreign forest forget form formal format former forms forward found foundation founded founder
four fourth frame free freedom fresh friday friend friendly friends front fuel full fully fun fund funding funds future
game games garden gas gave gender general generally generation get gets getting girl girls give given gives giving glass global
goal goals goes going gold gone good goods got government governments governor grand grant granted great greater greatest green
grew ground group groups grow growing grown growth guarantee guard guess guest guests guide guidelines guilty guns
had hair half hall hand handed handle hands happen happened happening happens happy hard hardware harm head headed headquarters
heads health hear heard hearing heart heat heavily heavy held hell help helped helping helps high higher highest highlighted
highly hill hills historic historical history hit hits hold holding holds hole holiday home homes hope hoped hopes hoping horse
hospital hospitals host hosted hot hotel hour hours house household houses housing however huge human humans hundred hundreds
hurt husband
ice idea ideas identified identify identity illegal image images imagine immediate immediately immigration impact implement
implementation importance important impossible improve improved improvement improvements incident incidents include included
includes including income increase increased increases increasing increasingly incredible indeed independence independent
index indicated individual individuals industrial industries industry inflation influence information infrastructure initial
initially initiative injured injuries injury innovation inquiry inside instance institute institution institutions insurance
intelligence interest interested interesting interests interior internal international internet interview interviews introduce
introduced invest invested investigate investigated investigating investigation investigations investigators investment
investments investor investors invited involved involving island islands issue issued issues item items
jail job jobs join joined joining joint journal journalist journalists journey judge judges judgment july june jury justice
keen keep keeping kept key kick kids kill killed killing kind king kingdom kitchen knew know knowing knowledge known knows
labor labour lack lady land language large largely larger largest late later latest launch launched launching law lawmakers laws
lawsuit lawyer lawyers lay lead leader leaders leadership leading leads league learn learned learning leave leaves leaving led
left legal legislation length lesson lessons letter letters level levels liberal library licence license lie life lift light
lights likely limit limited limits line lines link linked links list listed listen listening literature little live lived
lives living loan loans local located location london long longer look looked looking looks lord lose losing loss losses lost lot
lots love loved low lower lowest luck lunch
machine machines made magazine main mainly maintain maintained maintenance major majority make maker makers makes making male
manage managed management manager managers managing manner manufacturing map march mark marked market marketing markets marks
marriage married mass massive master match matches material materials matter matters mayor mean meaning means meant meanwhile
measure measures media medical medicine meet meeting meetings member members membership memory men mental mention mentioned
message messages met metal method methods middle midnight migrants mile miles military million millions mind mine minimum
minister ministers ministry minor minority minute minutes missed missing mission mistake mistakes mixed mobile model models modern
moment monday money month monthly months moon morning mortgage mostly mother motion motor mountain mouth move moved movement
movements moves movie movies moving multiple murder museum music musical mystery
named names narrow nation national nations native natural nature nearby nearly necessary need needed needs negative negotiations
network networks neighbourhood neighborhood neighbors neighbours new newly news newspaper newspapers next nice night nights nine
noise nominated normal normally north northern note noted notes notice november nuclear number numbers
object objective objectives obvious obviously occurred october offence offer offered offering offers office officer officers
offices official officials oil old older oldest ones ongoing online open opened opening opens operate operated operating operation
operations operator opinion opinions opponents opportunities opportunity opposed opposite opposition option options order ordered
orders ordinary organisation organisations organised organization organizations organized origin original outcome outside overall
overseas owned owner owners ownership
pace package page pages paid pain paint painting pair palace panel paper papers parent parents park parking parliament part
participants participate participation particular particularly parties partly partner partners partnership parts party pass
passed passenger passengers passing past path patient patients pattern pay paying payment payments peace pension people percent
percentage perfect perform performance performances performed period permanent permission permit person personal persons
perspective phase phone phones photo photograph photographs photos physical pick picked picture pictures piece pieces pilot pitch
place placed places plan plane planes planet planned planning plans plant plants plastic plate platform play played player players
playing plays please pleased plus point pointed points police policies policy political politician politicians politics pollution
poor popular population position positions positive possibility possible possibly post posted posts potential potentially pound
pounds poverty power powerful powers practical practice practices prepare prepared preparing presence present presented president
presidential presidents press pressure prevent prevented previous previously price prices primary prime prince principle
principles print prior priorities priority prison prisoners private prize probably problem problems procedure procedures process
processes produce produced producer producers producing product production products professional professor profile profit profits
program programme programmes programs progress project projects promise promised promote promoted proper properly properties
property proposal proposals propose proposed prosecutor prosecutors protect protected protection protest protesters protests
proved provide provided provider providers provides providing province provision public publication publicly published publisher
pull pulled purchase purchased purpose purposes push pushed pushing put puts putting
qualified quality quarter quarters queen question questions quick quickly quiet quoted
race races racing radio rail railway rain raise raised raising ran range rate rates rather ratio reach reached reaching reaction
read reader readers reading ready real reality realize realise really reason reasonable reasons receive received receiving recent
recently recession recognised recognized recommend recommendations recommended record recorded recording records recovered
recovery recruitment red reduce reduced reducing reduction reference reflect reflected reform reforms refugee refugees refused
regard regarding regardless regime region regional regions register registered regular regularly regulation regulations regulators
rejected related relations relationship relationships relative relatively release released relevant reliable relief religion
religious remain remained remaining remains remember reminded remote remove removed renewed rent repair repeat repeated repeatedly
replace replaced replacement report reported reportedly reporter reporters reporting reports represent representative
representatives represented represents republic republican republicans reputation request requests require required requirements
requires rescue research researchers reserve reserves residential residents resign resigned resolution resolve resource resources
respect respond responded response responsibility responsible rest restaurant restaurants restored restrictions result resulted
results retail retailers retire retired retirement return returned returning returns reveal revealed reveals revenue revenues
review reviews revolution rich ride right rights ring rise rises rising risk risks rival rivals river road roads rock role roles
room rooms root rose roughly round route row royal rule ruled rules ruling run running runs rural rushed
safe safety said salary sale sales sanctions saturday save saved saving savings saw say saying says scale scandal scene scenes
schedule scheduled scheme school schools science scientific scientists score scored screen search season seat seats second
secondary secret secretary section sections sector sectors secure security see seeing seek seeking seem seemed seems seen select
selected selection sell selling senate senator senators send sending senior sense sent sentence sentenced separate september
series serious seriously serve served serves service services serving session set sets setting settled settlement seven severe
sexual share shared shareholders shares sharp sheet shift ship ships shock shoot shooting shop shopping shops short shot shots
show showed showing shown shows shut sick side sides sign signal signed significant significantly signs silence similar simple
simply singer single sister site sites sitting situation situations six size skills skin sleep slightly slow slowly small
smaller smart social society soft software soil sold soldiers sole solid solution solutions somebody someone somewhat son song
songs sort sought sound sounds source sources south southern space speak speaker speaking special specialist species specific
specifically speech speed spend spending spent spirit spoke spoken spokesman spokeswoman sponsored sport sports spot spread
spring square stability stable stadium staff stage stages stake stand standard standards standing stands star stars start started
starting starts state stated statement statements states station stations statistics status stay stayed staying steady steel step
steps stick stock stocks stone stood stop stopped stopping storage store stores stories storm story straight strange strategic
strategies strategy stream street streets strength stress strict strike strikes strong stronger strongly struck structure
struggle struggling student students studies studio study studying stuff style subject subjects submitted subsequent substantial
success successful successfully suddenly suffer suffered suffering sufficient suggest suggested suggesting suggests suicide suit
summer sunday supplies supply support supported supporters supporting supports supreme sure surface surgery surprise surprised
surrounding survey survive survived suspected suspended sweet swimming system systems
table tackle take taken takes taking talent talk talked talking talks target targets task tax taxes taxpayers teacher teachers
teaching team teams technical technique technologies technology teenager teeth telephone television tell telling temperature
temporary ten tend term terms terrible territory terror terrorism terrorist terrorists test tested testing tests text thank
thanks theatre theater theme theory thing things think thinking thinks third thought thoughts thousand thousands threat threatened
threats three threw thursday ticket tickets tied tight times title today told tomorrow tonight tools top topic topics total totally
touch tough tour tourism tourists tower town towns track trade traders trading tradition traditional traffic tragedy train trained
training trains transfer transferred transition transport transportation travel travelled traveled travelling treat treated
treatment treaty trees trend trends trial tried tries trip troops trouble truck true truly trust truth try trying tuesday turn
turned turning turns tweet twelve twenty twice two type types typical
ultimately unable unclear uncertain underlying understand understanding understood undertaken unemployment unfortunately union
unions unique unit united units universities university unknown unless unlikely unusual update updated urban urged usage use used
useful user users uses using usual usually
valley valuable value values variety various vast vehicle vehicles version versions vessel veteran victim victims victory video
videos view viewers views village violence violent virus vision visit visited visiting visitors visual vital voice volume
volunteers vote voted voter voters votes voting vulnerable
wage wages wait waiting walk walked walking wall walls want wanted wanting wants war warm warned warning warnings wars washington
waste watch watched watching water waters wave ways weak weakness wealth weapon weapons wear wearing weather website websites
wedding wednesday week weekend weekly weeks weight welcome welcomed welfare went west western white whose wide widely widespread
wife wild willing win wind window windows winds wine winner winners winning wins winter wish wished withdraw withdrawal witness
witnesses woman women won wonder wonderful wood word words work worked worker workers working workplace works workshop world
worldwide worried worry worse worst worth wound wounded write writer writers writing written wrong wrote
yard year yearly years yellow yesterday yield young younger youth zone
america american americans britain british china chinese europe european france french german germany india indian iraq israel
japan january february april august december kong obama russia russian trump york
ability accuse actor actors actual add adds adult affair affect age agent ahead aim aimed alive analyst anger announce anyone
apparent arrive arrives arts asset associate author bag bet bird birds bit boost bottom brings builder cancel cap cat celebrate
chase chose circumstances cited citizen clothes collect come comes coming compare complain confident connect contain contrast cook
copy cry dad dates denies deny describe destroy determine discover dog doing dual ear earning ease eat emerge enforce era euro
exact exam excuse express extreme eye fail fails fake fan far fee file finger fit fix fruit gain gap gate go grandmother gun hate
heading hide highlight hip honest ideal ill indicate inner involve iron joke juice kiss laugh laughed leather leg lies lists lock
lovely man marry mate meal meat mere milk minds miss mix mom mood mount name net nose odd opponent oppose ought pack peak plea
poem poll pop pose pray prefer proud prove publish pure quit quote rally rare rating react rear recognise recover recruit
refuse regulator reject relation rely restore rid rough ruin rush sad sat scared seller settle sex shall shape shareholder shoe
shoes sight silver sing sit skill sky slight smell smile smoke snow solve sorry soul spare stance stare steal string sudden sue
suits sum supporter surge suspect suspend swim tail tall tape taste teach tear tech thick thin threaten throw tie ties till time
tiny tip tired tone tool tooth topped tree tribute trick twin ultimate unlike upper venue vice wake warn way web wet wheel wing
wise
"""

FREQUENT = frozenset(_WRITTEN.split()) | frozenset(word for word in FUNCTION_WORDS if word.isalpha())
"""Frequent words in lower case, the function words among them."""


_RUN = re.compile(r"\S+")


@lru_cache(maxsize=1)
def starts(text: str) -> tuple[int, ...]:
    """Where each run of a text begins, in order; kept as the runs are."""
    return tuple(m.start() for m in _RUN.finditer(text))


def pairs_with(text: str, looked_for: Set[str], joins: Callable[[str, str], bool]) -> Iterator[tuple[int, str, str]]:
    """Every two runs of a text with one blank between of which one is looked for and which join: the first's offset, and both.

    Offsets are found only where two join, as this costs more than all the rest.
    """
    runs = tokens(text)
    found = [i for i, run in enumerate(runs) if run in looked_for]
    for first in sorted({at for i in found for at in (i - 1, i) if 0 <= at < len(runs) - 1}):
        left, right = runs[first], runs[first + 1]
        if joins(left, right) and text.startswith(f" {right}", starts(text)[first] + len(left)):
            yield starts(text)[first], left, right
