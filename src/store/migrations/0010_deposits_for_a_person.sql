-- What a person must look at (deposits::Flag::attention), whatever its state.
CREATE INDEX deposits_attention ON deposits (id) WHERE (flags & 2) <> 0;
