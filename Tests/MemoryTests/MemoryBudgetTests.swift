import Foundation
import Memory
import Testing

@Suite("How much memory there is")
struct MemoryBudgetTests {
  @Test("No more than the machine has, and something")
  func available() {
    let available = MemoryBudget.available
    #expect(available > 64 << 20 && available <= Int(clamping: ProcessInfo.processInfo.physicalMemory))
  }

  @Test("In words", arguments: [(0, "1 MB"), (340 << 20, "340 MB"), (20 << 30, "20.0 GB")])
  func words(bytes: Int, expected: String) { #expect(MemoryBudget.words(bytes) == expected) }
}
