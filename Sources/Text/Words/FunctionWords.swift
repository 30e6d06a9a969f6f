/// Words of English that ask for no sound of their own: articles and prepositions, and how people ask for things.
package enum FunctionWords {
  package static func contains(_ word: String) -> Bool { all.contains(word) }

  package static let all: Set<String> = Set(text.split(whereSeparator: \.isWhitespace).map(String.init))

  private static let text = """
    a an the of in on at by for with without and or nor but to from into over under between through out up down off as
    is are was be being been has have having had do does doing done it its this that these those there here which who
    what when where how i i'd i'm i've me my we our us you your he she they their them his her one two three four five
    six seven eight some any no not only just very quite really rather so too more most less least much many lots lot
    bit little all both each every other another same own such than then if while during until about around like as if
    please make makes making made create creates created generate generates give gives get let let's can could would
    should will shall may want wants need needs wanting needed add adds use uses using used put include including
    includes featuring feature features play plays playing played sound sounds sounding something anything kind sort
    type way thing things nice good great cool best better well also maybe perhaps sure thanks hello hi hey ok okay
    bpm beats minute minutes second seconds sec tempo bars bar measures measure key scale time
    """
}
