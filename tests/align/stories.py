"""Invented news for the aligner's tests: three short reports, and a long one with a summary of it."""

LIBRARY = (
    "The mayor of Lindholm opened a new library on the quay on Saturday morning.",
    "Twelve hundred people queued in the rain to see the reading room.",
    "Its glass roof was paid for by a retired shipbuilder, Osvald Kern.",
    "Critics had called the tower a waste of ratepayers’ money.",
    "Work began four winters ago and stopped twice when the ground shifted.",
    "The architect, Agnes Marrow, said that the building would outlast its quarrels.",
    "Lending begins on Wednesday, and fines have been abolished.",
)
HAIL = (
    "A hailstorm flattened barley fields across the Tarn valley late on Thursday.",
    "Growers said that stones the size of walnuts fell for eleven minutes.",
    "Insurance assessors expect claims of about 3.6 million euros.",
    "Some orchards lost nine tenths of their cherries, weeks before the harvest.",
    "The regional chamber of farming asked for tax relief and cheap loans.",
    "Forecasters blamed warm air trapped beneath the Cevennes.",
    "No one was hurt, but a chapel lost its windows.",
)
REGATTA = (
    "Organisers cancelled the Brackwater regatta after a dredger sank across its course.",
    "Crew from the harbour office raised a boom to hold the diesel.",
    "Rowers had travelled from as far as Estonia.",
    "Entry fees will be returned within a fortnight.",
    "A smaller race may be held upstream in September, the club secretary, Dorothea Pym, said.",
)
STORIES = (LIBRARY, HAIL, REGATTA)

INQUIRY = (
    "Night trains between Harrow Vale and the coast will stop running in December, the railway company announced on Monday.",
    "The decision ends a service that has carried fishermen, nurses and students along the estuary since 1931.",
    "Managers blamed falling ticket sales and the price of diesel, which has nearly doubled since the spring.",
    "“We have looked at every timetable and every engine shed,” the company’s director, Philippa Strand, told reporters.",
    "Only nineteen passengers a night used the last departure in the winter, according to figures that she showed them.",
    "Unions answered that the numbers were collected during a strike and should be thrown away.",
    "Their spokesman, Tomas Quill, said that forty drivers and guards stood to lose their posts before Christmas.",
    "He promised pickets at each of the eleven stations unless talks began within a week.",
    "Hospitals on the coast rely on the train to bring cleaners and porters to the early shift.",
    "A matron in Pellmouth warned that two wards might have to open late without them.",
    "The county offered to pay for a bus, but the road floods at high tide and closes for hours.",
    "Last January a coach was stranded on the causeway with thirty children aboard until a lifeboat reached it.",
    "Shopkeepers fear for the visitors who come for the oyster fair in August.",
    "Hoteliers have already lost bookings, said Marguerite Fenn, who runs a guest house beside the pier.",
    "She has written to the minister of transport and invited her to ride the line after dark.",
    "The ministry replied that subsidies are a matter for the county and that no money had been set aside.",
    "Engineers say that the viaduct at Cobb’s Reach needs new bearings at a cost of nine million pounds.",
    "Without night traffic the repairs could be finished a year sooner, an internal report suggests.",
    "Campaigners obtained that report under freedom of information law and call it proof of a hidden plan.",
    "Ms Strand denied that the closure had anything to do with the bridge.",
    "A public hearing will be held in the corn exchange on 14 October, and anyone may speak for three minutes.",
    "More than six thousand people have signed a petition drawn up by a retired signalman.",
    "The old man keeps a lamp from the first night train on his kitchen table.",
    "If the company does not relent, he says, he will walk the whole line with it lit.",
)
SUMMARY = (
    "The railway company will stop night trains along the estuary in December, blaming falling ticket sales and diesel.",
    "Unions said forty drivers and guards stood to lose their posts and promised pickets at eleven stations.",
    "Hospitals rely on the train for porters, while the road floods and a coach was stranded last January.",
    "Hoteliers have lost bookings, and the viaduct needs bearings costing nine million.",
    "A hearing in October follows a petition six thousand people signed, drawn up by a signalman.",
)


def paragraph(sentences: tuple[str, ...]) -> str:
    """The sentences in one line."""
    return " ".join(sentences)
