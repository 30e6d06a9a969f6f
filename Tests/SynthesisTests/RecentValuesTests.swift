import Synthesis
import Testing

@Suite struct RecentValuesTests {
  @Test("What is asked for again stays, however many others come; what is not goes")
  func generations() {
    let values = RecentValues<Int, Int>(capacity: 100)
    var made: [Int: Int] = [:]
    func ask(_ key: Int) -> Int {
      values.value(for: key) {
        made[key, default: 0] += 1
        return 2 * key
      }
    }
    for key in 1...1000 { #expect(ask(0) == 0 && ask(key) == 2 * key) }
    #expect(made[0] == 1 && made[1000] == 1)
    #expect(ask(999) == 1998 && made[999] == 1)
    #expect(ask(1) == 2 && made[1] == 2)
  }
}
