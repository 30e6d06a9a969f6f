import Jobs
import Testing

@Suite struct ShardTests {
  @Test func everyIdIsInOneShard() throws {
    let ids = (0..<3000).map { "clip-\($0)" }
    let shards = (1...3).compactMap { Shard("\($0)/3") }
    #expect(ids.allSatisfy { id in shards.filter { $0.contains(id) }.count == 1 })
    // Binomial: 1000 ± 26 is one standard deviation.
    #expect(shards.allSatisfy { shard in (870...1130).contains(ids.filter(shard.contains).count) })
    #expect(ids.allSatisfy(Shard.whole.contains))
  }

  /// Machines of different versions share folders: this must never change.
  @Test func theSplitIsStable() throws {
    let shard = try #require(Shard("1/2"))
    #expect((0..<12).map { shard.contains("clip-\($0)") ? "1" : "2" }.joined() == "212122222211")
  }

  @Test(arguments: ["", "1", "0/3", "4/3", "-1/3", "1/0", "1/2/3", "a/b", "1/", "/3", "1/99999999"])
  func refusesWhatIsNoShard(_ text: String) {
    #expect(Shard(text) == nil)
  }
}
