{{ connected_components(ref("int_person_links")) }}
