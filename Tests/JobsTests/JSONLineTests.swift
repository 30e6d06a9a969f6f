import Jobs
import Storage
import Synthesis
import Testing

/// What `JSONReader` reads, as the fields of a job.
@Suite struct JSONLineTests {
  @Test func keepsOrderDoublesAndNumbers() throws {
    let line = #" { "b" : 1.50 , "a":"x", "b":null, "c":true, "d":[1,{}], "e":{"f":1} } "#
    let fields = try JSONLine.fields(ArraySlice(line.utf8))
    #expect(fields.map(\.name) == ["b", "a", "b", "c", "d", "e"])
    #expect(fields.map(\.value) == [.number("1.50"), .text("x"), .null, .boolean(true), .nested, .nested])
  }

  @Test func wantsAnObject() {
    #expect(throws: JSONLine.Fault(column: 2, reason: "a job is an object: { … }")) {
      try JSONLine.fields(ArraySlice(" [1]".utf8))
    }
  }
}
