import Testing
import Training

@Suite struct DatasetSplitTests {
  private func names(_ count: Int) -> [String] { (0..<count).map { "clip-\($0).wav" } }

  @Test func takesAboutTheFractionAskedFor() {
    let split = HeldOutSplit(names: names(20_000), heldOutFraction: 0.05)
    // Binomial: 1,000 expected, deviation 31; five deviations either way.
    #expect((846...1154).contains(split.heldOut.count))
    #expect((split.training + split.heldOut).sorted() == Array(0..<20_000))
  }

  @Test func staysWhenClipsAreAdded() {
    let few = names(400)
    let many = (names(1000) + ["zebra.wav"]).shuffled()
    let before = HeldOutSplit(names: few, heldOutFraction: 0.1)
    let after = HeldOutSplit(names: many, heldOutFraction: 0.1)
    let heldOut = Set(after.heldOut.map { many[$0] })
    for index in few.indices { #expect(heldOut.contains(few[index]) == before.heldOut.contains(index)) }
  }

  @Test func keepsOneApartWhenThereAreMoreThanTen() {
    #expect(HeldOutSplit(names: names(10), heldOutFraction: 0.9).heldOut.isEmpty)
    for count in 11...40 {
      let split = HeldOutSplit(names: names(count), heldOutFraction: 0.000_001)
      #expect(split.heldOut.count == 1)
      #expect(!HeldOutSplit(names: names(count), heldOutFraction: 0.999_999).training.isEmpty)
      #expect(HeldOutSplit(names: names(count), heldOutFraction: 0).heldOut.isEmpty)
    }
  }

  @Test func keepsTheCaptionsOfAFileTogether() {
    let repeated = names(500).flatMap { [$0, $0] }
    let heldOut = Set(HeldOutSplit(names: repeated, heldOutFraction: 0.2).heldOut)
    for index in stride(from: 0, to: repeated.count, by: 2) {
      #expect(heldOut.contains(index) == heldOut.contains(index + 1))
    }
    #expect(HeldOutSplit(names: Array(repeating: "a.wav", count: 50), heldOutFraction: 0.5).training.count == 50)
  }
}
