import Foundation
import Library
import Testing

@Suite struct PreferenceTests {
  @Test func whatWasStarredIsPreferredToWhatLayBesideIt() throws {
    let small = try SmallLibrary()
    let ids = try (0..<4).map { try small.store("tone\($0)", hertz: 220 + 50 * Double($0)).id }
    try small.library.change(ids[0], ClipChange(state: .picked, shownBeside: ids))
    try small.library.change(ids[1], ClipChange(state: .picked, shownBeside: ids))
    try small.library.change(ids[2], ClipChange(state: .picked, shownBeside: ids))
    _ = try small.library.undo()
    try small.library.change(ids[3], ClipChange(state: .rejected, shownBeside: ids))
    try small.library.compare(ClipComparison(winner: ids[3], losers: [ids[0]], kind: .ab))
    let told = try small.library.preferences()
    #expect(told.map(\.winner) == [ids[0], ids[1], ids[3]])
    #expect(told.map(\.losers) == [[ids[1], ids[2], ids[3]], [ids[2], ids[3]], [ids[0]]])
  }
}
