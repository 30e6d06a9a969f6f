import Foundation
import Storage

/// A kit as Hydrogen's `drumkit.xml`, whose samples lie beside it: all that the schema of Hydrogen 1.2 wants, in its order. One instrument for each drum, whose
/// takes are layers that are played in turns.
package enum HydrogenKitText {
  package static func text(_ notes: [SampledNote], name: String) -> String {
    var names: [String] = []
    for note in notes where !names.contains(note.name) { names.append(note.name) }
    let instruments = names.enumerated().map { index, drum -> String in
      let takes = notes.filter { $0.name == drum }
      let layers = takes.map { note in
        """
                <layer>
                  <filename>\(HTMLText.escaped(note.stem)).wav</filename>
                  <min>0</min>
                  <max>1</max>
                  <gain>1</gain>
                  <pitch>0</pitch>
                </layer>
        """
      }
      return """
            <instrument>
              <id>\(index)</id>
              <name>\(HTMLText.escaped(drum))</name>
              <volume>1</volume>
              <isMuted>false</isMuted>
              <isSoloed>false</isSoloed>
              <pan>0</pan>
              <pitchOffset>0</pitchOffset>
              <randomPitchFactor>0</randomPitchFactor>
              <gain>1</gain>
              <applyVelocity>true</applyVelocity>
              <filterActive>false</filterActive>
              <filterCutoff>1</filterCutoff>
              <filterResonance>0</filterResonance>
              <Attack>0</Attack>
              <Decay>0</Decay>
              <Sustain>1</Sustain>
              <Release>1000</Release>
              <muteGroup>\(takes[0].chokeGroup ?? -1)</muteGroup>
              <midiOutChannel>-1</midiOutChannel>
              <midiOutNote>\(takes[0].root)</midiOutNote>
              <isStopNote>false</isStopNote>
              <sampleSelectionAlgo>ROUND_ROBIN</sampleSelectionAlgo>
              <isHihat>-1</isHihat>
              <lower_cc>0</lower_cc>
              <higher_cc>127</higher_cc>
              <instrumentComponent>
                <component_id>0</component_id>
                <gain>1</gain>
        \(layers.joined(separator: "\n"))
              </instrumentComponent>
            </instrument>
        """
    }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <drumkit_info xmlns="http://www.hydrogen-music.org/drumkit">
        <name>\(HTMLText.escaped(name))</name>
        <author>Hiss</author>
        <info>Made by Hiss</info>
        <license>undefined license</license>
        <image></image>
        <imageLicense>undefined license</imageLicense>
        <componentList>
          <drumkitComponent>
            <id>0</id>
            <name>Main</name>
            <volume>1</volume>
          </drumkitComponent>
        </componentList>
        <instrumentList>
      \(instruments.joined(separator: "\n"))
        </instrumentList>
      </drumkit_info>

      """
  }
}
