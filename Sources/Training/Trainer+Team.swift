import Denoising
public import Ranks

/// A training that several processes share. The first rank leads: it reads and writes the folder, tells what happens, and says
/// what is done next; the others follow. All hold the same weights.
///
/// Each rank computes some lanes of each batch. What comes out is, byte for byte, what one process computes.
extension Trainer {
  /// Lets ranks share the training; before its first step here.
  /// - Throws: `RankError` where the plan's lanes cannot be shared by so many.
  public func join(_ ranks: any RankGroup) throws(RankError) {
    let lanes = min(plan.laneCount, plan.batchSize)
    guard Self.canShare(lanes, among: ranks.count) else {
      throw .lanes(lanes, ranks: ranks.count, possible: (1...lanes).filter { Self.canShare(lanes, among: $0) })
    }
    let blocks = network.blockParameters.map { Set($0.map(ObjectIdentifier.init)) }
    func slots(_ isIn: (ObjectIdentifier) -> Bool) -> [Int] {
      optimizer.slots.indices.filter { isIn(ObjectIdentifier(optimizer.slots[$0].parameter)) }
    }
    let groups = blocks.map { block in slots(block.contains) } + [slots { id in !blocks.contains { $0.contains(id) } }]
    shards = OptimizerShards(optimizer.slots, groups: groups, lanes: lanes / ranks.count, among: ranks)
    isSpread = false
  }

  /// What the ranks had to say to each other; nil for a training of one process.
  public var talk: OptimizerShards.Talk? { shards?.talk }

  /// Sums are made pairwise: so those of a rank are some of one process's where it has 1, 2, 4, … lanes.
  static func canShare(_ lanes: Int, among ranks: Int) -> Bool {
    lanes % ranks == 0 && (lanes / ranks).nonzeroBitCount == 1
  }

  /// What the first rank has the others do.
  private enum Order: Double {
    case begin, advance, collect, judge, end
  }

  /// Does what the first rank says, until that says it is the end.
  public func follow() {
    guard let shards, !shards.ranks.leads else { return }
    while true {
      var order = [0.0, 0, 0]
      order.withUnsafeMutableBytes { shards.ranks.broadcast($0) }
      switch Order(rawValue: order[0]) {
      case .begin: begin(step: Int(order[1]), optimizerSteps: Int(order[2]))
      case .advance: _ = takeStep(rate: Float(order[1]))
      case .collect: takeCollection()
      case .judge: _ = judge(limit: Int(order[1]))
      case .end, nil: return
      }
    }
  }

  /// Lets the others go, at the end of the training.
  public func dismiss() { tell(.end) }

  private func tell(_ order: Order, _ first: Double = 0, _ second: Double = 0) {
    guard let shards, shards.ranks.leads else { return }
    var message = [order.rawValue, first, second]
    message.withUnsafeMutableBytes { shards.ranks.broadcast($0) }
  }

  /// Has the others take the next step too.
  func tellToAdvance(rate: Float) {
    spreadAll()
    tell(.advance, Double(rate))
  }

  /// Has the others measure the average too.
  func tellToJudge(limit: Int) {
    spreadAll()
    tell(.judge, Double(limit))
  }

  private func spreadAll() {
    guard shards != nil, !isSpread else { return }
    tell(.begin, Double(step), Double(optimizer.stepCount))
    begin(step: step, optimizerSteps: optimizer.stepCount)
  }

  /// Takes all to the first rank's weights, averages and moments.
  private func begin(step: Int, optimizerSteps: Int) {
    shards?.begin(optimizer.slots)
    self.step = step
    optimizer.stepCount = optimizerSteps
    (isSpread, isCollected) = (true, true)
  }

  /// Makes the averages and moments whole that the ranks hold parts of. They have to be before anybody reads them.
  func collect() {
    guard shards != nil, !isCollected else { return }
    tell(.collect)
    takeCollection()
  }

  private func takeCollection() {
    shards?.spreadState(of: optimizer.slots, threads: threads)
    isCollected = true
  }

  /// The lanes of a step that this rank computes.
  func ownLanes(of count: Int) -> Range<Int> {
    guard let ranks = shards?.ranks else { return 0..<count }
    let each = count / ranks.count
    return ranks.rank * each..<(ranks.rank + 1) * each
  }

  /// The losses of all lanes, in order.
  func gatherLosses(_ own: [Double]) -> [Double] {
    shards.map { $0.ranks.gather(own).flatMap(\.self) } ?? own
  }
}
